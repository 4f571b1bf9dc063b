//! The words around the tour and of the embedded page; what the tour tells is in `static/tour`.

use crate::base::texts::texts;

texts! { 9 "tour";
    TAKE STEP NEXT BACK SKIP DONE OPEN_FULL READ_ONLY OPTION_BAD
}
