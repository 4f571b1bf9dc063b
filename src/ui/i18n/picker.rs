//! The words of the scenario picker.

use crate::base::texts::texts;

texts! { 7 "picker";
    TITLE SCENARIOS SEARCH TOPICS TOPICS_ALL FOUND NONE LOADING FAILED AGAIN OWN OWN_LINES OPEN_NOW
    BACK_TO_OWN OPEN_OTHER
}
