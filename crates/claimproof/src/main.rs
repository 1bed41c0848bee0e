//! The program.

fn main() -> std::process::ExitCode {
    claimproof::main(std::env::args_os())
}
