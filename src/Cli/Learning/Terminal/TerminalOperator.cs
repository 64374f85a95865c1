using System.Collections.Concurrent;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Notices;

namespace HilRig.Cli.Learning.Terminal;

/// <summary>
/// The person at a plain terminal: single keys where the input is a keyboard, lines where it is a
/// pipe. One thread waits for input; nobody waits for it.
/// </summary>
internal sealed class TerminalOperator : IOperatorInput, ISessionView
{
    private readonly ConcurrentQueue<OperatorEntry> _words = new();
    private readonly SessionPage _page;

    /// <summary>Makes an operator; nothing is read before <see cref="Start"/>.</summary>
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

    /// <summary>Reads standard input until it ends, on a thread of its own.</summary>
    public void Start()
    {
        _page.ShowKeys();
        bool hasKeyboard = !Console.IsInputRedirected;
        var thread = new Thread(() =>
        {
            if (hasKeyboard)
            {
                ReadKeys();
            }
            else
            {
                ReadLines(Console.In);
            }
        })
        {
            IsBackground = true,
            Name = "hilrig operator",
        };
        thread.Start();
    }

    /// <summary>Reads lines to the end; an operator whose input ends is silent.</summary>
    /// <param name="input">Where they come from.</param>
    public void ReadLines(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            _words.Enqueue(OperatorWords.Of(line));
        }
    }

    // "fix" needs a line of its own: the colon opens it.
    private void ReadKeys()
    {
        while (true)
        {
            char letter = Console.ReadKey(intercept: true).KeyChar;
            if (letter == '?')
            {
                _page.ShowKeys();
            }
            else if (letter == ':')
            {
                _page.Prompt();
                _words.Enqueue(OperatorWords.Of(Console.ReadLine() ?? ""));
            }
            else if (letter != '\0')
            {
                _words.Enqueue(OperatorWords.Of(letter));
            }
        }
    }
}
