#!/usr/bin/env bash
# Makes spoken samples: a meeting memo of a minute in every container that people upload, and short
# clips, clean and in noise, each with what is said in it.
#
#     bench/samples.sh [DIRECTORY]        # samples/ where none is given
#
# Needs espeak-ng and sox; ffmpeg for mp3, ogg, m4a and flac, which are left out aloud without it. The
# same versions of these make the same files.
set -euo pipefail

out="${1:-samples}"
for tool in espeak-ng sox; do
    command -v "$tool" >/dev/null || {
        echo "missing: $tool (apt-get install espeak-ng sox ffmpeg)" >&2
        exit 1
    }
done
mkdir -p "$out/clips"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

# say VOICE SPEED TEXT FILE: 16 kHz, 16 bits, mono, half a second of quiet around it.
say() {
    espeak-ng -v "$1" -s "$2" -w "$scratch/said.wav" "$3"
    sox -D "$scratch/said.wav" -b 16 "$4" rate -h 16000 norm -3 pad 0.5 0.5
}

# rms FILE: its root mean square, 1 at full scale.
rms() { sox "$1" -n stat 2>&1 | awk '/RMS.*amplitude/ { print $3 }'; }

# in_noise FILE DECIBELS RESULT: under pink noise so many decibels softer than it.
in_noise() {
    sox -R -D -n -r 16000 -b 16 -c 1 "$scratch/noise.wav" synth "$(soxi -D "$1")" pinknoise
    factor="$(awk -v speech="$(rms "$1")" -v noise="$(rms "$scratch/noise.wav")" -v db="$2" \
        'BEGIN { printf "%.6f", speech / noise / 10 ^ (db / 20) }')"
    sox -D -m -v 1 "$1" -v "$factor" "$scratch/noise.wav" -b 16 "$3" gain -3
}

voices=(en-us en-gb en-us+f3 en-gb+f2)
sentences=(
    "Please send the signed contract to Anna before Friday noon."
    "Call the dentist tomorrow morning and move my appointment to next week."
    "We have to finish the budget report by the end of the month."
    "Tom will book the large meeting room for the whole afternoon."
    "Do not forget to buy milk, bread and apples on the way home."
    "The supplier is late again, so ask Maria for a new delivery date."
    "Could you review the second draft of the proposal until Wednesday?"
    "I need to renew my passport before we fly to Rome in summer."
    "Remind me to water the plants every Monday evening."
    "Urgent: the payment server is down, restart it right now."
    "After the presentation we should write to every customer who asked a question."
    "Peter promised to repair the printer on the third floor by Thursday."
)

number=0
for sentence in "${sentences[@]}"; do
    for turn in 0 1; do
        voice="${voices[$(((number + turn * 2) % ${#voices[@]}))]}"
        name="$(printf 'clip%02d-%s' "$number" "${voice//+/-}")"
        clean="$out/clips/$name.clean.wav"
        say "$voice" $((150 + number % 3 * 10)) "$sentence" "$clean"
        echo "$sentence" >"$out/clips/$name.txt"
        in_noise "$clean" 20 "$out/clips/$name.noise20.wav"
        in_noise "$clean" 10 "$out/clips/$name.noise10.wav"
    done
    number=$((number + 1))
done

memo="Good morning everybody. These are the notes of our weekly meeting on the new web shop. \
Anna presented the results of the survey. Most customers like the search, but many of them leave when \
they have to register. We decided to allow orders without an account. Peter will write the concept by \
Friday. Maria, please ask the bank tomorrow morning which documents they need for the payment service. \
The bank is closed in the afternoon. Tom has found an error in the invoices. It is urgent, because the \
invoices go out on Monday. He will repair it today, and Anna has to test it before the weekend. \
The move to the new office is planned for next month. I will call the moving company on Wednesday. \
Everybody should clean up their desks until then. We also talked about the summer party, but nothing was \
decided. And one more thing: do not forget to send me your holiday plans by the end of next week. \
Thank you all, and see you next Tuesday at noon."
say en-us 165 "$memo" "$out/memo.wav"
echo "$memo" >"$out/memo.txt"
# One task a line: summary | words of the due date | person.
cat >"$out/memo.tasks.txt" <<'TASKS'
Write the concept | by Friday | Peter
Ask the bank which documents they need for the payment service | tomorrow morning | Maria
Repair the error in the invoices | today | Tom
Test the invoices | before the weekend | Anna
Call the moving company | on Wednesday |
Clean up their desks | until then | Everybody
Send me your holiday plans | by the end of next week |
TASKS

# encode CODEC… FILE: the memo in another container.
encode() {
    result="$out/${*: -1}"
    ffmpeg -nostdin -loglevel error -y -i "$out/memo.wav" -map_metadata -1 -fflags +bitexact \
        -flags:a +bitexact "${@:1:$#-1}" "$result"
}
if command -v ffmpeg >/dev/null; then
    encode -c:a libmp3lame -b:a 64k memo.mp3
    encode -c:a libopus -b:a 32k memo.ogg
    encode -c:a aac -b:a 64k memo.m4a
    encode -c:a flac memo.flac
else
    echo "SKIPPED: memo.mp3, memo.ogg, memo.m4a and memo.flac (no ffmpeg)" >&2
fi
echo "samples: $out ($(find "$out" -name '*.wav' | wc -l) recordings)"
