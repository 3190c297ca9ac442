//! HTTP/1.1 over one connection, well or badly spoken.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};

use super::format::{Format, Says};
use super::{Behaviour, Received, Shared};

/// Serves requests until the client or a behaviour ends the connection.
pub(super) async fn serve(mut socket: TcpStream, shared: Arc<Shared>) {
    // A failing option only makes the test slower.
    let _ = socket.set_nodelay(true);
    loop {
        let (reader, mut writer) = socket.split();
        let mut reader = BufReader::new(reader);
        let Ok(Some(request)) = read_request(&mut reader).await else {
            return;
        };
        let (behaviour, says, models) = shared.take(&request);
        let says = Says::of(&request, says, models);
        let end = tokio::select! {
            end = play(&mut writer, &request, &behaviour, &says) => end.unwrap_or(End::Aborted),
            () = gone(&mut reader) => End::Aborted,
        };
        match end {
            End::KeepAlive => shared.counts.send_modify(|counts| counts.answered += 1),
            End::Close => return,
            End::Reset => {
                // With no time to linger, closing sends a reset.
                let _ = socket.set_zero_linger();
                return;
            }
            End::Aborted => {
                shared.counts.send_modify(|counts| counts.aborted += 1);
                return;
            }
        }
    }
}

/// How an answer ended.
enum End {
    KeepAlive,
    Close,
    Reset,
    Aborted,
}

/// Resolves when the client has closed its side.
async fn gone(reader: &mut BufReader<ReadHalf<'_>>) {
    let mut byte = [0];
    while let Ok(1..) = reader.read(&mut byte).await {}
}

async fn play(
    writer: &mut WriteHalf<'_>,
    request: &Received,
    behaviour: &Behaviour,
    says: &Says,
) -> io::Result<End> {
    match behaviour {
        Behaviour::HangBeforeHeaders => std::future::pending().await,
        Behaviour::Reset => return Ok(End::Reset),
        Behaviour::Status {
            status,
            headers,
            body,
        } => {
            let body = body
                .clone()
                .unwrap_or_else(|| says.error(*status, request.key().as_deref()));
            refuse(writer, *status, headers, &body).await?;
            return Ok(End::KeepAlive);
        }
        Behaviour::ModelGone => {
            let (status, body) = says.model_gone();
            refuse(writer, status, &[], &body).await?;
            return Ok(End::KeepAlive);
        }
        Behaviour::Slow { first, .. } => tokio::time::sleep(*first).await,
        _ => {}
    }
    let unknown_model = says.format == Format::Ollama && !says.has_model && !request.is_probe();
    if unknown_model {
        let (status, body) = says.model_gone();
        refuse(writer, status, &[], &body).await?;
        return Ok(End::KeepAlive);
    }
    stream(writer, behaviour, says).await
}

/// Answers with a good status: whole answers are streams of one or two pieces here.
async fn stream(writer: &mut WriteHalf<'_>, behaviour: &Behaviour, says: &Says) -> io::Result<End> {
    let (content_type, pieces) = says.body(behaviour);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    writer.write_all(head.as_bytes()).await?;
    for (sent, piece) in pieces.iter().enumerate() {
        match behaviour {
            Behaviour::HangAfter(after) if sent == *after => {
                writer.flush().await?;
                std::future::pending::<()>().await;
            }
            Behaviour::ResetAfter(after) if sent == *after => return Ok(End::Reset),
            Behaviour::TruncateAfter(after) if sent == *after => return Ok(End::Close),
            Behaviour::EndAfter(after) if sent == *after => break,
            Behaviour::Slow { between, .. } if sent > 0 => tokio::time::sleep(*between).await,
            _ => {}
        }
        let gap = match behaviour {
            Behaviour::Drip { gap } => Some(*gap),
            _ => None,
        };
        write_piece(writer, piece, gap).await?;
    }
    writer.write_all(b"0\r\n\r\n").await?;
    writer.flush().await?;
    Ok(End::KeepAlive)
}

async fn write_piece(
    writer: &mut (impl AsyncWrite + Unpin),
    piece: &[u8],
    gap: Option<Duration>,
) -> io::Result<()> {
    let size = if gap.is_some() { 1 } else { piece.len().max(1) };
    for part in piece.chunks(size) {
        match gap {
            // The clock is too coarse for no time at all; the reader still gets its turn.
            Some(Duration::ZERO) => tokio::task::yield_now().await,
            Some(gap) => tokio::time::sleep(gap).await,
            None => {}
        }
        writer
            .write_all(format!("{:x}\r\n", part.len()).as_bytes())
            .await?;
        writer.write_all(part).await?;
        writer.write_all(b"\r\n").await?;
        writer.flush().await?;
    }
    Ok(())
}

async fn refuse(
    writer: &mut (impl AsyncWrite + Unpin),
    status: u16,
    headers: &[(String, String)],
    body: &str,
) -> io::Result<()> {
    let mut head = format!(
        "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    writer.write_all(head.as_bytes()).await?;
    writer.write_all(body.as_bytes()).await?;
    writer.flush().await
}

/// The next request; none when the client is done.
async fn read_request(reader: &mut BufReader<ReadHalf<'_>>) -> io::Result<Option<Received>> {
    let mut line = String::new();
    if reader.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).await?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
    }
    let mut request = Received {
        method,
        path,
        headers,
        body: Vec::new(),
    };
    let length = request
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    if request.header("transfer-encoding") == Some("chunked") {
        request.body = read_chunked(reader).await?;
    } else {
        request.body = vec![0; length];
        reader.read_exact(&mut request.body).await?;
    }
    Ok(Some(request))
}

async fn read_chunked(reader: &mut BufReader<ReadHalf<'_>>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).await?;
        let size = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
        let mut chunk = vec![0; size];
        reader.read_exact(&mut chunk).await?;
        body.extend(chunk);
        reader.read_line(&mut String::new()).await?;
        if size == 0 {
            return Ok(body);
        }
    }
}
