namespace HilRig.Testing.Running;

/// <summary>What a finished program left.</summary>
/// <param name="ExitCode">Its exit code; null when it had to be killed.</param>
/// <param name="StandardOutput">Everything it printed.</param>
/// <param name="StandardError">Everything it said on the side.</param>
/// <param name="Cancelled">Whether it was interrupted because the test's time was up.</param>
internal sealed record ProgramOutput(
    int? ExitCode, string StandardOutput, string StandardError, bool Cancelled);
