"""Run the studio's command."""

from benchmarks.studio.cli import run

if __name__ == "__main__":
    run()
