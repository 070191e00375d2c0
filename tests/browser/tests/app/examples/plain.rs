//! Plain HTML: one script, one tag.

use browser_tests::TestResult;

use super::{released, start};

#[tokio::test]
async fn one_script_and_one_tag_are_a_whole_form() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open("/examples/plain/").await?;
            assert_eq!(page.field("checklist").value().await?, "phuong-2-105-2022");
            assert_eq!(page.field("unit-name").value().await?, "UBND phường An Bình");
            assert_eq!(page.field("period").value().await?, "2026-Q4");
            assert!(!page.outside("tu-kiem-tra .waiting").is_visible().await?);
            start(&page).await?;
            page.item("staff-coordination").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            page.action("result").click().await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_in_the_tag_is_there_while_the_form_is_not() -> TestResult {
    released()?
        .file("/dist/tu-kiem-tra.js", "text/javascript", "// It never arrives.")
        .run(async |stage| {
            let page = stage.goto("/examples/plain/").await?;
            let waiting = page.outside("tu-kiem-tra .waiting");
            assert!(waiting.is_visible().await?);
            assert!(waiting.find("a[href^='tel:']").is_visible().await?);
            Ok(())
        })
        .await
}
