//! The store, in a real browser: what the promise of 'Đã lưu' rests on, promise by promise.

mod attachments;
mod erasing;
mod merging;
mod newer;
mod recovering;
mod saving;
mod setting_aside;
mod steps;
mod taking_back;
mod trouble;
mod whole;
mod workspaces;
