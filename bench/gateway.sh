#!/usr/bin/env bash
# What the gateway costs: CPU and latency of a request through it, non-streamed and streamed, beside a
# plain reverse proxy (nginx) in the same run; what it saves when one of three keys fails; its memory
# over many requests.
#
#   cargo build --release -p bench --bin gateway && bash bench/gateway.sh
#
# Needs nginx and wrk (Debian: apt-get install nginx-light wrk). Everything runs on this machine, so
# requests a second are contended; CPU time for a request is the figure to compare.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-target/release/gateway}
seconds=${SECONDS_EACH:-5}
rounds=${ROUNDS:-3}
work=$(mktemp -d)
nginx=$(command -v nginx || echo /usr/sbin/nginx)
base=${BENCH_PORT:-18480}
upstream=$base proxy=$((base + 1)) gateway=$((base + 2))
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

words=$(printf 'word %.0s' {1..100})
answer='{"id":"c1","object":"chat.completion","created":1,"model":"llama-3.1-8b-instant","choices":[{"index":0,"message":{"role":"assistant","content":"'$words'"},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":100,"total_tokens":120}}'
piece='data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"llama-3.1-8b-instant","choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}'
{
    for _ in {1..100}; do printf '%s\n\n' "$piece"; done
    printf 'data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"llama-3.1-8b-instant","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":100,"total_tokens":120}}\n\ndata: [DONE]\n\n'
} >"$work/stream"

common() { # name
    cat <<END
daemon off; user $(id -un) $(id -gn); worker_processes 1; pid $work/$1.pid; error_log $work/$1.log;
events { worker_connections 2048; }
END
}
http="access_log off; keepalive_requests 1000000; client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;"
# A stream that is asked for is told by its path, as nginx does not look into bodies.
cat >"$work/upstream.conf" <<END
$(common upstream)
http { $http
  server { listen 127.0.0.1:$upstream; tcp_nodelay on;
    location /whole/ { default_type application/json; return 200 '$answer'; }
    location = /stream/v1/chat/completions {
      default_type text/event-stream; alias $work/stream; error_page 405 =200 \$uri; } } }
END
cat >"$work/proxy.conf" <<END
$(common proxy)
http { $http
  upstream model { server 127.0.0.1:$upstream; keepalive 64; keepalive_requests 1000000; }
  server { listen 127.0.0.1:$proxy; tcp_nodelay on;
    location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ''; proxy_buffering off; } } }
END
for name in upstream proxy; do
    "$nginx" -c "$work/$name.conf" -p "$work" -e "$work/$name.log" &
    pids+=($!)
done
cat >"$work/post.lua" <<END
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"model":"llama-3.1-8b-instant","messages":[{"role":"user","content":"$(printf 'What is to be done about the plumber? %.0s' {1..20})"}],"stream":' .. (os.getenv("STREAM") or "false") .. '}'
END

ticks() { # CPU ticks of a process and its children
    local pid sum=0
    for pid in "$1" $(pgrep -P "$1" || true); do
        sum=$((sum + $(awk '{print $14 + $15}' "/proc/$pid/stat")))
    done
    echo "$sum"
}

measure() { # name, pid, url, connections
    local before after
    before=$(ticks "$2")
    wrk -t1 "-c$4" "-d${seconds}s" --latency -s "$work/post.lua" "$3" >"$work/wrk"
    after=$(ticks "$2")
    awk -v name="$1" -v c="$4" -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '
        $1 == "50%" {half = $2} $1 == "99%" {most = $2}
        /requests in/ {n = $1} /Requests\/sec/ {rate = $2} /Non-2xx/ {bad = $NF}
        END {printf "%-9s %2d at once %9.0f requests/s, half under %9s, 99 %% under %9s, CPU %6.1f us a request, bad %d\n",
            name, c, rate, half, most, ticks / hz * 1e6 / n, bad + 0}' "$work/wrk"
}

for kind in whole stream; do
    [ "$kind" = stream ] && export STREAM=true || export STREAM=false
    "$binary" serve "$gateway" "http://127.0.0.1:$upstream/$kind/v1" &
    pids+=($!)
    face=$!
    until curl -s -o /dev/null "http://127.0.0.1:$gateway/" || kill -0 "$face"; do :; done
    until curl -fs -o /dev/null -d "{\"stream\":$STREAM,\"messages\":[{\"content\":\"hello\"}]}" "http://127.0.0.1:$gateway/"; do :; done
    echo "== $kind"
    for connections in 1 16; do
        for _ in $(seq "$rounds"); do
            measure upstream "${pids[0]}" "http://127.0.0.1:$upstream/$kind/v1/chat/completions" "$connections"
            measure nginx "${pids[1]}" "http://127.0.0.1:$proxy/$kind/v1/chat/completions" "$connections"
            measure gateway "$face" "http://127.0.0.1:$gateway/v1/chat/completions" "$connections"
        done
    done
    kill "$face"
    wait "$face" 2>/dev/null || true
done
echo "== one of three keys fails, 64 requests at once"
"$binary" keys
echo "== memory over ${SOAK:=200000} requests"
"$binary" soak "http://127.0.0.1:$upstream/whole/v1" "http://127.0.0.1:$upstream/stream/v1" "$SOAK"
