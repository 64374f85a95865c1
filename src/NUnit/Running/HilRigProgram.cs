using System.Diagnostics;

namespace HilRig.Testing.Running;

/// <summary>The <c>hilrig</c> program that a suite runs its scenarios with.</summary>
/// <param name="File">Executable to start.</param>
/// <param name="Assembly">Assembly to pass to it when it is <c>dotnet</c>; else null.</param>
internal sealed record HilRigProgram(string File, string? Assembly)
{
    /// <summary>How long an interrupted program may take to bring its rig to rest.</summary>
    public TimeSpan RestTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the ends of its streams may come after its own end.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="ProgramSearch.Locate"/>
    public static HilRigProgram Locate(string start) => ProgramSearch.Locate(start);

    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">
    /// Interrupts the program (and nothing else); if it does not end within 15 s it is killed. Its
    /// guardian and agent then hold the rig as they do when any host dies.
    /// </param>
    public async Task<ProgramOutput> RunAsync(
        IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo(arguments) };
        var output = new OutputLines();
        var error = new OutputLines();
        process.OutputDataReceived += (_, line) => output.Take(line.Data);
        process.ErrorDataReceived += (_, line) => error.Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool cancelled = !await EndsAsync(process, cancellation).ConfigureAwait(false);
        bool killed = cancelled && !await EndsWhenAskedAsync(process).ConfigureAwait(false);

        // A child that outlives the program may hold its streams open: what came is enough.
        var drained = Task.WhenAll(output.Ended, error.Ended);
        await Task.WhenAny(drained, Task.Delay(DrainTime, CancellationToken.None))
            .ConfigureAwait(false);
        return new ProgramOutput(
            killed ? null : process.ExitCode, output.ToString(), error.ToString(), cancelled);
    }

    private static async Task<bool> EndsAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return process.HasExited;
        }
    }

    private async Task<bool> EndsWhenAskedAsync(Process process)
    {
        Interrupt.Send(process);
        using var patience = new CancellationTokenSource(RestTime);
        if (await EndsAsync(process, patience.Token).ConfigureAwait(false))
        {
            return true;
        }

        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return false;
    }

    private ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(File)
        {
            // Not the terminal's: a scenario under test asks nobody.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (Assembly is not null)
        {
            start.ArgumentList.Add(Assembly);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
