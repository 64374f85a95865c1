using System.Text;

namespace HilRig.Rig.Processes;

/// <summary>
/// Notices the end of the parent process: a child's standard input is a pipe that the parent holds
/// open, so end-of-file means the parent ended, however it ended. Lines that come through it can be
/// listened to.
/// </summary>
public sealed class ParentWatch : IDisposable
{
    private const int LineBytesMax = 4096;
    private readonly CancellationTokenSource _ended = new();
    private readonly Thread _thread;
    private readonly Action<string>? _onLine;

    private ParentWatch(Stream input, Action<string>? onLine)
    {
        _onLine = onLine;
        _thread = new Thread(() => Drain(input)) { IsBackground = true, Name = "parent-watch" };
        _thread.Start();
    }

    /// <summary>Cancelled when the parent has ended or has asked this process to end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Watches this process's standard input.</summary>
    /// <param name="onLine">
    /// Takes each line, on the watching thread; null: they are ignored. Of a line longer than 4096
    /// bytes the rest is another line.
    /// </param>
    public static ParentWatch OnStandardInput(Action<string>? onLine = null) =>
        new(Console.OpenStandardInput(), onLine);

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();

    private void Drain(Stream input)
    {
        byte[] line = new byte[LineBytesMax];
        int length = 0;
        Span<byte> scratch = stackalloc byte[256];
        try
        {
            for (int count = input.Read(scratch); count > 0; count = input.Read(scratch))
            {
                foreach (byte one in scratch[..count])
                {
                    if (one == '\n' || length == line.Length)
                    {
                        _onLine?.Invoke(Encoding.UTF8.GetString(line, 0, length));
                        length = 0;
                    }

                    if (one != '\n')
                    {
                        line[length++] = one;
                    }
                }
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
