# Two commands matter: `make run` and `make test`. `make` alone lists the others.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# A setting comes from the command line, the environment or .env, in this order.
setting = $(or $($(1)),$(shell sed -n 's/^$(1)=//p' .env 2>/dev/null | tail -n 1 | tr -d '"'),$(2))

# Which models `make run` fetches beside the build: default, full or none.
MODELS := $(call setting,MODELS,default)
MODELS_DIR := $(call setting,MODELS_DIR,models)
# Those that the tests use; `none` leaves their tests out, visibly.
MODELS_CI_SET := $(call setting,MODELS_CI_SET,ci)
DATA_DIR := $(call setting,DATA_DIR,data)
# The others reach the server only where somebody set them: its own defaults stay its own.
export MODELS_DIR

TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
PRODUCT := $(TARGET_DIR)/release/intelliassist
FETCH := $(TARGET_DIR)/release/fetch-models
BUILD := cargo build --release --locked

# The Debian packages that are missing, looked up by what they bring, so that nothing is installed twice
# and a machine of another kind only has to bring the same commands.
lacks = $(shell { $(1); } >/dev/null 2>&1 || echo $(2))
# Where bindgen finds libclang itself; `llvm-config` may be there without it.
libclang = $(firstword $(wildcard /usr/lib/llvm-*/lib/libclang.so* /usr/lib/*/libclang.so* \
	/usr/lib/*/libclang-[0-9]*.so* /usr/lib64/libclang.so* /usr/local/lib/libclang.*) /nowhere)
missing_build = \
	$(call lacks,command -v cmake,cmake) \
	$(call lacks,command -v g++,g++) \
	$(call lacks,[ -n "$${LIBCLANG_PATH:-}" ] || ls -d $(libclang),libclang-dev)
missing_fetch = $(call lacks,python3 -m pip --version,python3-pip)
# Synthetic voices for the tests of speech.
missing_voices = $(call lacks,command -v espeak-ng,espeak-ng)
# A browser for the tests of the page.
missing_browser = \
	$(call lacks,command -v chromedriver,chromium-driver) \
	$(call lacks,command -v chromium || command -v google-chrome,chromium)
missing_servers = \
	$(call lacks,command -v redis-server,redis-server) \
	$(call lacks,command -v initdb || compgen -G "/usr/lib/postgresql/*/bin/initdb",postgresql)

# Installs packages when root, else says what to install.
define install
missing="$(strip $(1))"; \
if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "installing: $$missing"; \
	apt-get update -qq || echo "the package lists could not be refreshed; trying all the same"; \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
elif [ -n "$$missing" ]; then \
	echo "missing on this machine: $$missing" >&2; \
	echo "install with: sudo apt-get install $$missing" >&2; \
	exit 1; \
fi
endef

# A command in the background that ends, with all that it started, when this shell does, or the program
# that took its place.
define in_background
( setsid $(1) & work=$$!; \
  tail --pid=$$$$ --follow /dev/null & watch=$$!; \
  wait -n "$$work" "$$watch" || true; \
  kill -- "-$$work" "$$watch" || true ) </dev/null >/dev/null 2>&1 &
endef

# A server that outlives make, with its process noted so that it can be stopped.
define start_server
mkdir -p "$(DATA_DIR)"; \
nohup $(2) </dev/null >"$(DATA_DIR)/$(1).log" 2>&1 & \
echo $$! >"$(DATA_DIR)/$(1).pid"; \
echo "$(1) runs; its log is $(DATA_DIR)/$(1).log"
endef
define stop_server
if [ -f "$(DATA_DIR)/$(1).pid" ]; then \
	kill "$$(cat "$(DATA_DIR)/$(1).pid")" 2>/dev/null || true; \
	rm "$(DATA_DIR)/$(1).pid"; \
	echo "$(1) is stopped"; \
else \
	echo "no $(1) of ours runs"; \
fi
endef

##@ The two commands

.PHONY: run
run: ## Build all and serve on 127.0.0.1 (MODELS=default|full|none API_PORT=8000 DATA_DIR=data)
	@$(call install,$(missing_build) $(if $(filter none,$(MODELS)),,$(missing_fetch)))
	if [ "$(MODELS)" != none ]; then
		$(BUILD) --package local --no-default-features --bin fetch-models
		mkdir -p "$(DATA_DIR)"
		log="$(DATA_DIR)/models-fetch.log"
		echo "models ($(MODELS)): fetched beside this into $(MODELS_DIR); progress in $$log"
		$(call in_background,"$(FETCH)" --set "$(MODELS)" --dir "$(MODELS_DIR)" >"$$log" 2>&1)
	fi
	$(BUILD) --package intelliassist
	exec "$(PRODUCT)" serve

.PHONY: test
test: ## Run all tests, with a PostgreSQL and a Redis of their own (ARGS="-p store tasks" narrows them)
	@$(call install,$(missing_build) $(missing_servers) $(missing_browser) $(if $(filter none,$(MODELS_CI_SET)),,$(missing_fetch) $(missing_voices)))
	if [ "$(MODELS_CI_SET)" = none ]; then
		echo "SKIPPED: tests on real models (MODELS_CI_SET=none)"
	else
		$(BUILD) --package local --no-default-features --bin fetch-models
		"$(FETCH)" --set "$(MODELS_CI_SET)" --dir "$(MODELS_DIR)" \
			|| echo "SKIPPED: tests on models that could not be fetched (MODELS_CI_SET=$(MODELS_CI_SET))"
	fi
	export TEST_MODELS_DIR="$(abspath $(MODELS_DIR))"
	unset MODELS MODELS_DIR DATA_DIR API_PORT
	cargo xtask test $(ARGS)

##@ While developing

.PHONY: lint fmt fix docs bench eval train eval-dates fuzz samples packages ci
lint: ## Formatting, clippy with warnings as errors, arrows between crates, file sizes
	@$(call install,$(missing_build))
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --release --locked -- -D warnings
	cargo xtask arrows
	cargo xtask sizes

fmt: ## Format all code
	@cargo fmt --all

fix: ## Let clippy mend what it can, then format
	@cargo clippy --workspace --all-targets --release --locked --fix --allow-dirty --allow-staged
	cargo fmt --all

docs: ## Write the generated files: docs/openapi.json, docs/configuration.md
	@$(call install,$(missing_build))
	cargo xtask generated

bench: ## Run the benchmarks (ARGS=… goes to them)
	@cargo bench --locked --package bench $(ARGS)

EXAMPLES ?= $(addprefix crates/bench/corpus/,dev.jsonl dev2.jsonl dev3.jsonl dev4.jsonl dev5.jsonl dev6.jsonl dev7.jsonl dev8.jsonl dev9.jsonl dev10.jsonl dev11.jsonl tune.jsonl heldout.jsonl heldout2.jsonl heldout3.jsonl heldout4.jsonl heldout5.jsonl heldout6.jsonl heldout7.jsonl dates-dev.jsonl dates-heldout.jsonl)
eval: ## Score the extraction on labelled texts (EXAMPLES="FILE…" ARGS="--misses --speed")
	@for texts in $(EXAMPLES); do \
	  echo "== $$texts"; \
	  case $$texts in *dates*) score=dates_eval ;; *) score=eval ;; esac; \
	  cargo run --quiet --release --locked --package bench --bin $$score -- $$texts $(ARGS); \
	done

WEIGHTS := crates/extract/data
train: ## Train the weights of the extraction on the texts of development
	@$(call install,$(missing_build))
	cargo run --quiet --release --locked --package bench --bin train -- $(wildcard crates/bench/corpus/dev*.jsonl) > target/weights.tsv
	cargo run --quiet --release --locked --package bench --bin train -- --areas $(wildcard crates/bench/corpus/dev*.jsonl) > target/area_weights.tsv
	cargo run --quiet --release --locked --package bench --bin train -- --dues $(wildcard crates/bench/corpus/dev*.jsonl) > target/due_weights.tsv
	mv target/weights.tsv target/area_weights.tsv target/due_weights.tsv $(WEIGHTS)

eval-dates: ## Our dates beside chrono-node and dateparser, which npm and pip fetch (DISAGREE=1 lists)
	@$(call install,$(missing_build))
	$(BUILD) --package intelliassist
	bench/dates_peers.sh "$(PRODUCT)"

FUZZ_SECONDS ?= 600
fuzz: ## Look for texts that break the extraction, led by coverage (FUZZ_SECONDS=600)
	@cargo +nightly fuzz --version >/dev/null 2>&1 || {
		echo "needs: rustup toolchain install nightly && cargo install cargo-fuzz" >&2
		exit 1
	}
	cd crates/extract
	mkdir -p fuzz/corpus/text
	cat ../bench/corpus/dev*.jsonl | python3 -c 'import json, sys; \
		[open(f"fuzz/corpus/text/dev-{at}", "w").write(json.loads(line)["text"]) for at, line in enumerate(sys.stdin)]'
	cargo +nightly fuzz run --sanitizer none text -- -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10

SAMPLES ?= samples
samples: ## Make recordings, pictures and documents with known tasks, and find those (SAMPLES=samples)
	@$(call install,$(missing_build) $(missing_fetch) $(call lacks,command -v espeak-ng,espeak-ng) \
		$(call lacks,command -v sox,sox) $(call lacks,command -v ffmpeg,ffmpeg) \
		$(call lacks,python3 -m venv --help,python3-venv))
	bash bench/samples.sh "$(SAMPLES)/sound"
	python3 bench/samples_images.py "$(SAMPLES)/sight"
	$(BUILD) --package intelliassist
	bash bench/samples_check.sh "$(PRODUCT)" "$(SAMPLES)/sound" "$(SAMPLES)/sight"

packages: ## Install the system packages that the build and the tests need
	@$(call install,$(missing_build) $(missing_servers) $(missing_browser) $(missing_fetch) $(missing_voices))

ci: ## What has to pass before anything lands
	@bash .ci/run

##@ Under their older names

.PHONY: project_init run_dev run_test
project_init: ## Prepare a machine: system packages, crates, a .env to fill in
	@$(MAKE) packages
	cargo fetch --locked
	[ -f .env ] || [ ! -f .env.example ] || cp .env.example .env

run_dev: ## `make run` with debug switched on
	@DEBUG=true $(MAKE) run

run_test: test ## `make test`

.PHONY: db_up db_down alembic_upgrade alembic_migrate
db_up: ## Start a PostgreSQL that keeps its data in data/postgres, and print its DATABASE_URL
	@$(call install,$(call lacks,command -v initdb || compgen -G "/usr/lib/postgresql/*/bin/initdb",postgresql))
	mkdir -p "$(DATA_DIR)"
	cargo xtask database up "$(DATA_DIR)/postgres"

db_down: ## Stop it; the data stays
	@cargo xtask database down "$(DATA_DIR)/postgres"

alembic_upgrade: ## Bring the database up to date (`intelliassist migrate`)
	@$(call install,$(missing_build))
	$(BUILD) --package intelliassist
	"$(PRODUCT)" migrate

alembic_migrate: ## Begin the next migration: msg="add due index" (dialects=yes for one per database)
	@[ -n "$(msg)" ] || { echo 'what does it do? make alembic_migrate msg="…"' >&2; exit 2; }
	cargo xtask migration "$(msg)" $(if $(dialects),--dialects)

.PHONY: llm_up llm_down
llm_up: ## Fetch the local models, which run inside the assistant (OLLAMA=yes starts Ollama beside it)
	@$(call install,$(missing_fetch))
	$(BUILD) --package local --no-default-features --bin fetch-models
	"$(FETCH)" --set "$(MODELS)" --dir "$(MODELS_DIR)"
	echo "the models run inside the assistant: make run"
	if [ "$(OLLAMA)" = yes ]; then
		command -v ollama >/dev/null || { echo "ollama is not installed" >&2; exit 1; }
		$(call start_server,ollama,ollama serve)
		timeout 60 bash -c 'until ollama list >/dev/null 2>&1; do sleep 1; done'
		ollama pull "$${OLLAMA_DEFAULT_MODEL:-llama3.2:3b}"
	fi

llm_down: ## Stop the Ollama that llm_up started; models in the assistant end with it
	@$(call stop_server,ollama)

.PHONY: obs_up obs_down
obs_up: ## Say where metrics are, and start Jaeger where it is installed
	@at="http://127.0.0.1:$(call setting,API_PORT,8000)"
	echo "metrics: $$at/metrics and $$at/monitoring/dashboard"
	jaeger="$$(command -v jaeger || command -v jaeger-all-in-one || true)"
	if [ -n "$$jaeger" ]; then
		$(call start_server,jaeger,"$$jaeger")
		echo "traces: http://127.0.0.1:16686, with OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318"
	else
		echo "traces: Jaeger is not installed; put its one program (jaeger) on the command path"
	fi

obs_down: ## Stop the Jaeger that obs_up started
	@$(call stop_server,jaeger)

##@ Help

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z_]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
