//! A minimum pace for taking responses: a client that takes a byte a minute must not hold a
//! connection for ever.

use std::io::{Error, ErrorKind, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use crate::body::PATIENCE_A_BYTE;

/// A stream that fails if the written data is taken too slowly.
pub struct Paced<S> {
    stream: Pin<Box<S>>,
    patience: Duration,
    /// The start of the current write, and the number of bytes taken since.
    writing: Option<(Instant, u32)>,
}

impl<S> Paced<S> {
    /// Creates a stream that waits for `patience`, plus some time for each byte taken.
    pub fn new(stream: S, patience: Duration) -> Self {
        Self { stream: Box::pin(stream), patience, writing: None }
    }
}

impl<S: AsyncWrite> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let (since, taken) = self.writing.unwrap_or_else(|| (Instant::now(), 0));
        if since.elapsed() > self.patience + PATIENCE_A_BYTE * taken {
            return Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "taken too slowly")));
        }
        self.writing = Some((since, taken));
        let now = ready!(self.stream.as_mut().poll_write(context, bytes))?;
        let now_taken = taken.saturating_add(u32::try_from(now).unwrap_or(u32::MAX));
        self.writing = Some((since, now_taken));
        Poll::Ready(Ok(now))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        // It is called when all was written.
        ready!(self.stream.as_mut().poll_flush(context))?;
        self.writing = None;
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.stream.as_mut().poll_shutdown(context)
    }
}

impl<S: AsyncRead> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        self.stream.as_mut().poll_read(context, buffer)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
    use tokio::time::sleep;

    use super::*;

    /// Writes a response that is taken in pieces, with a pause before each. Returns the result and
    /// its time.
    async fn written(length: usize, piece: usize, pause: Duration) -> (Result<()>, Duration) {
        let (near, mut far) = duplex(piece);
        let taking = tokio::spawn(async move {
            let mut piece = vec![0; piece];
            loop {
                sleep(pause).await;
                if far.read(&mut piece).await.unwrap_or_default() == 0 {
                    break;
                }
            }
        });
        let start = Instant::now();
        let mut paced = Paced::new(near, Duration::from_secs(60));
        let outcome = match paced.write_all(&vec![1; length]).await {
            Ok(()) => paced.flush().await,
            Err(error) => Err(error),
        };
        taking.abort();
        (outcome, start.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_weak_connection_is_waited_for_and_drops_are_not() {
        let (outcome, took) = written(2_000_000, 20_000, Duration::from_secs(1)).await;
        assert!(outcome.is_ok() && took > Duration::from_secs(90), "{outcome:?} after {took:?}");
        let (outcome, took) = written(2_000_000, 100, Duration::from_secs(30)).await;
        assert_eq!(outcome.map_err(|error| error.kind()), Err(ErrorKind::TimedOut));
        assert!(took < Duration::from_secs(120), "{took:?}");
    }
}
