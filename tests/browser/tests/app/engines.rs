//! The essential tests, repeated in Firefox and in WebKit, which stands for Safari here.

/// Makes a test for each browser from a test of another module, which runs it in Chromium.
macro_rules! also_elsewhere {
    ($($name:ident: $subject:path,)*) => {
        mod firefox {
            $(#[tokio::test]
            async fn $name() -> browser_tests::TestResult {
                $subject(browser_tests::Engine::Firefox).await
            })*
        }

        mod webkit {
            $(#[tokio::test]
            async fn $name() -> browser_tests::TestResult {
                $subject(browser_tests::Engine::WebKit).await
            })*
        }
    };
}

also_elsewhere! {
    // The main journey.
    the_whole_job: crate::whole_job::phuong_2,
    what_cannot_be_read: crate::judging::unreadable,
    searching: crate::finding::words_without_marks,
    exporting_and_importing: crate::contract::imports::round_trip,
    the_printed_report: crate::printing::on_paper,
    photos_of_evidence: crate::photos::in_the_annex,
    // Embedding.
    one_script_and_one_tag: crate::contract::hosts::one_tag_anywhere,
    another_origin: crate::contract::origins::another_origin,
    moving_about: crate::contract::hosts::moved_and_taken_out,
    namespaces: crate::contract::namespaces::shared_namespace,
    what_is_in_the_way: crate::embedding::loading::what_is_in_the_way,
    a_pinned_release: crate::embedding::loading::pinned,
    an_iframe: crate::embedding::framed::listed,
    the_standalone_page: crate::contract::hosts::standalone,
    // Without a network.
    a_stopped_server: crate::offline::journey::without_a_server,
    // Saving and reload.
    a_reload_after_a_keystroke: crate::saving::reload_after_a_keystroke,
    the_journal: crate::saving::journal_alone,
    a_killed_browser: crate::saving::killed,
    storage_that_is_denied: crate::saving::denied,
    a_program_that_stops: crate::stopping::used_up_memory,
}
