//! Icons from Lucide (lucide.dev, ISC licence, see LICENSE-ICONS). Each is drawn with one path in a
//! square of 24, in the colour of the text beside it.

use leptos::prelude::*;

/// An icon. It is beside a text or in a button that has a name: by itself it says nothing to people
/// who don't see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    ArrowLeft,
    ArrowRight,
    Camera,
    ChartColumn,
    CircleCheck,
    ClipboardPaste,
    Close,
    Copy,
    CopyPlus,
    Download,
    FilePlus,
    FileText,
    FolderOpen,
    Languages,
    Lock,
    Menu,
    Paperclip,
    Pencil,
    Plus,
    Printer,
    RotateCcw,
    Search,
    Send,
    Share,
    Sheet,
    Trash,
    TriangleAlert,
    Users,
    Wifi,
    WifiOff,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::ArrowLeft => "M12 19l-7-7 7-7M19 12H5",
            Self::ArrowRight => "M5 12h14M12 5l7 7-7 7",
            Self::Camera => concat!(
                "M13.997 4a2 2 0 0 1 1.76 1.05l.486.9A2 2 0 0 0 18.003 7H20a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H4a2 2 0 0 ",
                "1-2-2V9a2 2 0 0 1 2-2h1.997a2 2 0 0 0 1.759-1.048l.489-.904A2 2 0 0 1 10.004 4z",
                "M9 13a3 3 0 1 0 6 0a3 3 0 1 0 -6 0",
            ),
            Self::ChartColumn => "M3 3v16a2 2 0 0 0 2 2h16M18 17V9M13 17V5M8 17v-3",
            Self::CircleCheck => "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M16 9l-5.5 5.5L8 12",
            Self::ClipboardPaste => concat!(
                "M11 14h10M16 4h2a2 2 0 0 1 2 2v1.344M17 18l4-4-4-4",
                "M8 4H6a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h12a2 2 0 0 0 1.793-1.113",
                "M9 2h6a1 1 0 0 1 1 1v2a1 1 0 0 1 -1 1h-6a1 1 0 0 1 -1 -1v-2a1 1 0 0 1 1 -1z",
            ),
            Self::Close => "M18 6 6 18M6 6l12 12",
            Self::Copy => concat!(
                "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2z",
                "M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2",
            ),
            Self::CopyPlus => concat!(
                "M15 12L15 18M12 15L18 15",
                "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2z",
                "M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2",
            ),
            Self::Download => "M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5",
            Self::FilePlus => concat!(
                "M11.35 22H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.706.706l3.588 3.588A2.4 ",
                "2.4 0 0 1 20 8v5.35M14 2v5a1 1 0 0 0 1 1h5M14 19h6M17 16v6",
            ),
            Self::FileText => concat!(
                "M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 ",
                "0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5M10 9H8M16 13H8M16 17H8",
            ),
            Self::FolderOpen => concat!(
                "M6 14l1.5-2.9A2 2 0 0 1 9.24 10H20a2 2 0 0 1 1.94 2.5l-1.54 6a2 2 0 0 1-1.95 ",
                "1.5H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h3.9a2 2 0 0 1 1.69.9l.81 1.2a2 2 0 0 0 ",
                "1.67.9H18a2 2 0 0 1 2 2v2",
            ),
            Self::Languages => "M5 8l6 6M4 14l6-6 2-3M2 5h12M7 2h1M22 22l-5-10-5 10M14 18h6",
            Self::Lock => concat!(
                "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-7a2 2 0 0 1 2 -2z",
                "M7 11V7a5 5 0 0 1 10 0v4",
            ),
            Self::Menu => "M4 5h16M4 12h16M4 19h16",
            Self::Paperclip => concat!(
                "m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551",
                "a6 6 0 1 0 8.485 8.485l8.379-8.551",
            ),
            Self::Pencil => concat!(
                "M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 ",
                "0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497zM15 5l4 4",
            ),
            Self::Plus => "M5 12h14M12 5v14",
            Self::Printer => concat!(
                "M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2",
                "M6 9V3a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6",
                "M7 14h10a1 1 0 0 1 1 1v6a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1v-6a1 1 0 0 1 1 -1z",
            ),
            Self::RotateCcw => "M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5",
            Self::Search => "M21 21l-4.34-4.34M3 11a8 8 0 1 0 16 0a8 8 0 1 0 -16 0",
            Self::Send => concat!(
                "M14.536 21.686a.5.5 0 0 0 .937-.024l6.5-19a.496.496 0 0 0-.635-.635l-19 6.5a.5.5 0 0 ",
                "0-.024.937l7.93 3.18a2 2 0 0 1 1.112 1.11zM21.854 2.147l-10.94 10.939",
            ),
            Self::Share => concat!(
                "M15 5a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M3 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0",
                "M15 19a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M8.59 13.51l6.83 3.98M15.41 6.51l-6.82 3.98",
            ),
            Self::Sheet => concat!(
                "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2z",
                "M3 9h18M3 15h18M9 9v12M15 9v12",
            ),
            Self::Trash => concat!(
                "M10 11v6M14 11v6M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18",
                "M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2",
            ),
            Self::TriangleAlert => concat!(
                "M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4",
                "M12 17h.01",
            ),
            Self::Users => concat!(
                "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.128a4 4 0 0 1 0 7.744",
                "M22 21v-2a4 4 0 0 0-3-3.87M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
            ),
            Self::Wifi => concat!(
                "M12 20h.01M2 8.82a15 15 0 0 1 20 0M5 12.859a10 10 0 0 1 14 0",
                "M8.5 16.429a5 5 0 0 1 7 0",
            ),
            Self::WifiOff => concat!(
                "M12 20h.01M8.5 16.429a5 5 0 0 1 7 0M5 12.859a10 10 0 0 1 5.17-2.69",
                "M19 12.859a10 10 0 0 0-2.007-1.523M2 8.82a15 15 0 0 1 4.177-2.643",
                "M22 8.82a15 15 0 0 0-11.288-3.764M2 2l20 20",
            ),
        }
    }
}

/// Draws an icon.
#[component]
pub fn Glyph(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.path()/>
        </svg>
    }
}
