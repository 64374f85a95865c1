using System.Text;

namespace HilRig.Testing.Running;

/// <summary>
/// Collects a stream's lines as they come; a reader may look before the stream ends.
/// </summary>
internal sealed class OutputLines
{
    private readonly StringBuilder _text = new();
    private readonly TaskCompletionSource _ended = new();

    /// <summary>Done when the stream has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Takes one line; null ends the stream.</summary>
    public void Take(string? line)
    {
        if (line is null)
        {
            _ended.TrySetResult();
            return;
        }

        lock (_text)
        {
            _text.Append(line).Append('\n');
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_text)
        {
            return _text.ToString();
        }
    }
}
