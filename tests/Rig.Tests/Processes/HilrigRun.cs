using System.Diagnostics;
using System.Text;

namespace HilRig.Rig.Tests.Processes;

/// <summary>`hilrig` as a child process of a test, with everything it prints.</summary>
internal sealed class HilrigRun : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private HilrigRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string Program { get; } =
        Repository.File("artifacts/bin/HilRig.Cli/release/hilrig");

    public int Pid => _process.Id;

    public string Output => Text(_output);

    public string Error => Text(_error);

    /// <summary>Starts it.</summary>
    public static HilrigRun Start(params IEnumerable<string> arguments) => StartIn(null, arguments);

    /// <summary>Starts it with locks and latches in a folder of the test's own.</summary>
    public static HilrigRun StartIn(string? stateFolder, params IEnumerable<string> arguments) =>
        Start(stateFolder, isSerial: false, arguments);

    /// <summary>Starts it with its virtual bus on a pseudo-terminal, whatever tests use.</summary>
    public static HilrigRun StartSerial(params IEnumerable<string> arguments) =>
        Start(null, isSerial: true, arguments);

    private static HilrigRun Start(
        string? stateFolder, bool isSerial, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        };
        if (stateFolder is not null)
        {
            start.Environment["XDG_RUNTIME_DIR"] = stateFolder;
            start.Environment["XDG_STATE_HOME"] = stateFolder;
        }

        if (isSerial)
        {
            start.Environment.Remove("HILRIG_VIRTUAL_BUS");
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new HilrigRun(Process.Start(start)!);
    }

    /// <summary>Starts it with an open standard input, see <see cref="CloseInput"/>.</summary>
    public static HilrigRun StartWithInput(params IEnumerable<string> arguments) =>
        new(Process.Start(new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!);

    /// <summary>Closes its standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    public static (int ExitCode, string Output, string Error) ToEnd(
        params IEnumerable<string> arguments)
    {
        using HilrigRun run = Start(arguments);
        int code = run.AwaitExit(TimeSpan.FromSeconds(200));
        return (code, run.Output, run.Error);
    }

    public int AwaitExit(TimeSpan timeout)
    {
        Assert.That(
            _process.WaitForExit(timeout), Is.True, $"hilrig still runs. It said:\n{Error}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Kills it alone, as a loss of its process; its children notice by themselves.
    /// </summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
