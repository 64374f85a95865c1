using System.Diagnostics;
using HilRig.Core.Errors;

namespace HilRig.Rig.Processes;

/// <summary>
/// A child of this program, started from the built program itself. It ends when this process ends,
/// because its standard input closes (see <see cref="ParentWatch"/>).
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _role;
    private readonly TextWriter _log;
    private readonly TaskCompletionSource<string?> _firstLine = new();
    private readonly CancellationTokenSource _ended = new();
    private volatile Action<string>? _listener;

    private ChildProcess(Process process, string role, TextWriter log)
    {
        _process = process;
        _role = role;
        _log = log;
    }

    /// <summary>What the child said when it was ready.</summary>
    public ReadyLine Ready { get; private set; } = null!;

    /// <summary>Process id.</summary>
    public int Pid => _process.Id;

    /// <summary>Cancelled when it has ended, however it ended.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Starts a child and waits until it says it is ready.</summary>
    /// <param name="role">Its command, such as "agent".</param>
    /// <param name="arguments">What follows the command.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="log">Takes the child's standard error; closed with the child.</param>
    /// <param name="readyTimeout">How long it may take.</param>
    /// <exception cref="RigException">
    /// It could not start; carries the child's own words.
    /// </exception>
    public static ChildProcess Start(
        string role,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        TextWriter log,
        TimeSpan readyTimeout)
    {
        ProcessStartInfo start = StartInfo(role, arguments, environment);
        Process process = Process.Start(start)
            ?? throw new DeviceException(
                $"The {role} process could not be started", start.FileName);
        var child = new ChildProcess(process, role, TextWriter.Synchronized(log));
        process.Exited += (_, _) => child._ended.Cancel();
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => child.TakeOutput(line.Data);
        process.ErrorDataReceived += (_, line) => child.TakeError(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            child.Ready = child.AwaitReady(readyTimeout);
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Hands on each further line of the child's standard output.</summary>
    /// <param name="onLine">Takes a line, on a thread of the pool.</param>
    public void Listen(Action<string> onLine) => _listener = onLine;

    /// <summary>Writes a line to the child's standard input; lost when it has ended.</summary>
    /// <param name="line">The line.</param>
    public void Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It has ended already, or was asked to.
        }
    }

    /// <summary>Closes the child's standard input, which asks it to end.</summary>
    public void AskToEnd()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    /// <summary>Waits for the end; kills the child when it takes longer.</summary>
    /// <param name="timeout">How long it may take.</param>
    /// <returns>The exit code, or null when it had to be killed.</returns>
    public int? AwaitEnd(TimeSpan timeout)
    {
        if (_process.WaitForExit(timeout))
        {
            return _process.ExitCode;
        }

        _process.Kill();
        _process.WaitForExit();
        return null;
    }

    /// <summary>Ends the child if it runs and closes its log.</summary>
    public void Dispose()
    {
        AskToEnd();
        if (!_process.HasExited)
        {
            AwaitEnd(TimeSpan.FromSeconds(2));
        }

        _process.WaitForExit();
        _process.Dispose();
        _log.Dispose();
    }

    private static ProcessStartInfo StartInfo(
        string role, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        (string file, string? assembly) = BuiltProgram.Locate();
        var start = new ProcessStartInfo(file)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (assembly is not null)
        {
            start.ArgumentList.Add(assembly);
        }

        start.ArgumentList.Add(role);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void TakeOutput(string? line)
    {
        if (!_firstLine.TrySetResult(line) && line is not null)
        {
            _log.WriteLine(line);
            _listener?.Invoke(line);
        }
    }

    private void TakeError(string? line)
    {
        if (line is not null)
        {
            _log.WriteLine(line);
            _log.Flush();
        }
    }

    private ReadyLine AwaitReady(TimeSpan timeout)
    {
        if (!_firstLine.Task.Wait(timeout))
        {
            throw new DeviceException(
                $"The {_role} process did not become ready",
                expected: $"within {timeout.TotalSeconds:0.#} s",
                remedy: $"run 'hilrig {_role}' by hand to see where it waits");
        }

        ReadyLine ready = ReadyLine.Decode(_role, _firstLine.Task.Result ?? "(nothing; it ended)");
        return ready.Error is null ? ready : throw ready.Error.ToException();
    }
}
