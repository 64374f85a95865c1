namespace HilRig.Rig.Processes;

/// <summary>
/// Notices the end of the parent process: a child's standard input is a pipe that the parent holds
/// open, so end-of-file means the parent ended, however it ended.
/// </summary>
public sealed class ParentWatch : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Thread _thread;

    private ParentWatch(Stream input)
    {
        _thread = new Thread(() => Drain(input)) { IsBackground = true, Name = "parent-watch" };
        _thread.Start();
    }

    /// <summary>Cancelled when the parent has ended or has asked this process to end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Watches this process's standard input.</summary>
    public static ParentWatch OnStandardInput() => new(Console.OpenStandardInput());

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();

    private void Drain(Stream input)
    {
        Span<byte> scratch = stackalloc byte[64];
        try
        {
            while (input.Read(scratch) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken pipe says the same as its end.
        }

        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The process is ending for another reason already.
        }
    }
}
