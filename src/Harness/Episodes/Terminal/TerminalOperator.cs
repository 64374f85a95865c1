using System.Collections.Concurrent;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Notices;

namespace HilRig.Harness.Episodes.Terminal;

/// <summary>
/// The person at a plain terminal: single keys of a keyboard, or lines of a pipe. Words may come
/// from any thread; nobody waits for them.
/// </summary>
public sealed class TerminalOperator : IOperatorInput, ISessionView
{
    private readonly ConcurrentQueue<OperatorEntry> _words = new();
    private readonly SessionPage _page;

    /// <summary>Makes an operator who has said nothing.</summary>
    /// <param name="name">Who it is.</param>
    /// <param name="output">Where the session is shown.</param>
    /// <param name="isLive">
    /// Whether the line of a running episode is written over itself: not in a pipe.
    /// </param>
    public TerminalOperator(string name, TextWriter output, bool isLive)
    {
        Name = name;
        _page = new SessionPage(output, isLive);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool TryTake(out OperatorEntry entry) => _words.TryDequeue(out entry);

    /// <inheritdoc/>
    public void Show(SessionNotice notice) => _page.Show(notice);

    /// <summary>Lists the keys.</summary>
    public void ShowKeys() => _page.ShowKeys();

    /// <summary>Hears a key: a letter of the list, Enter, or "?" for the list.</summary>
    /// <param name="letter">As typed.</param>
    public void Hear(char letter)
    {
        if (letter == '?')
        {
            _page.ShowKeys();
        }
        else if (letter != '\0')
        {
            _words.Enqueue(OperatorWords.Of(letter));
        }
    }

    /// <summary>Hears a line: a letter of the list, or "fix 12 success".</summary>
    /// <param name="line">Without its end; an empty one confirms.</param>
    public void Hear(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Trim() == "?")
        {
            _page.ShowKeys();
        }
        else
        {
            _words.Enqueue(OperatorWords.Of(line));
        }
    }

    /// <summary>Asks for a line.</summary>
    public void Prompt() => _page.Prompt();

    /// <summary>Hears lines until they end; an operator whose input has ended is silent.</summary>
    /// <param name="input">Where they come from.</param>
    public void HearLines(TextReader input)
    {
        ArgumentNullException.ThrowIfNull(input);
        while (input.ReadLine() is { } line)
        {
            Hear(line);
        }
    }
}
