namespace HilRig.Learning.Serving;

/// <summary>
/// Notices the end of the process that started this one: it holds standard input open, so its end
/// ends that, however it comes about.
/// </summary>
internal sealed class ParentPipe : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Watches standard input.</summary>
    public ParentPipe()
    {
        Stream input = Console.OpenStandardInput();
        var thread = new Thread(() => Drain(input)) { IsBackground = true, Name = "parent-pipe" };
        thread.Start();
    }

    /// <summary>Cancelled when the parent has ended.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();

    private void Drain(Stream input)
    {
        var scratch = new byte[256];
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
