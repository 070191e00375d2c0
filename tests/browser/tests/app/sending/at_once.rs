//! A report that a person sends goes at once, whatever else is being sent.

use std::time::Duration;

use browser_tests::{Response, TestResult};

use super::held::PATIENT;
use super::{inspection, sending_to, wait_for_state};
use crate::support::receiver::{Receiver, Reply};
use crate::support::steps;

/// A report whose connection hangs delays no other, here or in another workspace.
#[tokio::test]
async fn nothing_waits_for_another_report_that_is_on_its_way() -> TestResult {
    let receiver = Receiver::default();
    let never =
        || Reply::Says(Response::new(503, "text/plain", "").after(Duration::from_secs(3_600)));
    receiver.will([never(), Reply::Confirms, never(), Reply::Confirms]);
    sending_to(&receiver)?
        .preload(PATIENT)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let first = inspection(&page).await?;
            page.action("upload").click().await?;
            page.wait_for("the attempt", async |_| Ok(receiver.attempts().len() == 1)).await?;
            steps::go_home(&page).await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            steps::go_home(&page).await?;
            let word = steps::listed(&page, &first).find("[data-upload]");
            word.wait_for_attribute("data-upload", "sending").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            page.wait_for("the attempt", async |_| Ok(receiver.attempts().len() == 3)).await?;
            steps::go_home(&page).await?;

            page.action("hand-over").click().await?;
            page.field("new-workspace").fill("Chị Lan").await?;
            page.action("hand-over-go").click().await?;
            page.find("[data-notice=waiting-elsewhere]")
                .wait_for("to be said", async |line| line.exists().await)
                .await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            assert_eq!((receiver.attempts().len(), receiver.taken().len()), (4, 2));
            Ok(())
        })
        .await
}
