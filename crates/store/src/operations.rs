//! Offers a query of [`Link`](crate::link::Link) on [`Store`](crate::Store), by itself, and on
//! [`Transaction`](crate::Transaction), as a part of more.

/// `read` takes a connection that reads, `write` one that writes (for a single statement, which
/// is done wholly or not at all), `atomic` makes a transaction of several statements.
macro_rules! operations {
    ($(
        $(#[$meta:meta])*
        $mode:ident fn $name:ident($($arg:ident: $kind:ty),* $(,)?) -> $out:ty;
    )+) => {
        impl $crate::Store {
            $(
                $(#[$meta])*
                ///
                /// # Errors
                /// See [`StoreError`](crate::StoreError).
                pub async fn $name(&self, $($arg: $kind),*) -> Result<$out, $crate::StoreError> {
                    $crate::operations::operations!(@$mode self, $name($($arg),*))
                }
            )+
        }

        impl $crate::Transaction {
            $(
                $(#[$meta])*
                ///
                /// # Errors
                /// See [`StoreError`](crate::StoreError). After any but `NotFound` the
                /// transaction cannot be committed.
                pub async fn $name(&mut self, $($arg: $kind),*) -> Result<$out, $crate::StoreError> {
                    let result = self.link.$name($($arg),*).await;
                    self.note(result)
                }
            )+
        }
    };
    (@read $store:ident, $name:ident($($arg:ident),*)) => {
        $store.reader().await?.$name($($arg),*).await
    };
    (@write $store:ident, $name:ident($($arg:ident),*)) => {
        $store.writer().await?.$name($($arg),*).await
    };
    (@atomic $store:ident, $name:ident($($arg:ident),*)) => {{
        let mut transaction = $store.begin().await?;
        let out = transaction.$name($($arg),*).await?;
        transaction.commit().await?;
        Ok(out)
    }};
}

pub(crate) use operations;
