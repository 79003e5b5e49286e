//! A one-slot mailbox: the newest letter wins, the reader never works through a backlog.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

struct Slot<T> {
    letter: Option<T>,
    is_closed: bool,
}

/// The mailbox.
pub(super) struct Mailbox<T> {
    slot: Mutex<Slot<T>>,
    filled: Condvar,
}

impl<T> Mailbox<T> {
    pub(super) fn new() -> Self {
        Self { slot: Mutex::new(Slot { letter: None, is_closed: false }), filled: Condvar::new() }
    }

    /// Puts a letter in and throws away the one that nobody has taken yet.
    pub(super) fn put(&self, letter: T) {
        self.lock().letter = Some(letter);
        self.filled.notify_one();
    }

    /// Waits for a letter; `None` once the mailbox is closed.
    pub(super) fn take(&self) -> Option<T> {
        let mut slot = self.lock();
        loop {
            if slot.is_closed {
                return None;
            }
            if let Some(letter) = slot.letter.take() {
                return Some(letter);
            }
            slot = self.filled.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether a newer letter waits.
    pub(super) fn has_letter(&self) -> bool {
        let slot = self.lock();
        slot.letter.is_some() || slot.is_closed
    }

    /// Ends the reader.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.filled.notify_all();
    }

    /// A panic of another thread cannot leave the slot half written, so a poisoned lock is as good as any.
    fn lock(&self) -> MutexGuard<'_, Slot<T>> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newest_letter_wins_and_closing_ends_the_reader() {
        let mailbox = Mailbox::new();
        mailbox.put(1);
        mailbox.put(2);
        assert!(mailbox.has_letter());
        assert_eq!(mailbox.take(), Some(2));
        assert!(!mailbox.has_letter());
        mailbox.put(3);
        mailbox.close();
        assert_eq!(mailbox.take(), None);
    }
}
