using HilRig.Harness.Episodes.Terminal;

namespace HilRig.Cli.Learning;

/// <summary>
/// Standard input and error as the operator's terminal; standard output is for results. Keys where
/// the input is a keyboard, lines where it is a pipe.
/// </summary>
internal static class OperatorConsole
{
    /// <summary>Makes the operator and begins to listen, on a thread of its own.</summary>
    /// <param name="name">Who it is.</param>
    public static TerminalOperator Start(string name)
    {
        var person = new TerminalOperator(name, Console.Error, !Console.IsErrorRedirected);
        bool hasKeyboard = !Console.IsInputRedirected;
        person.ShowKeys();
        var thread = new Thread(() =>
        {
            if (hasKeyboard)
            {
                HearKeys(person);
            }
            else
            {
                person.HearLines(Console.In);
            }
        })
        {
            IsBackground = true,
            Name = "hilrig operator",
        };
        thread.Start();
        return person;
    }

    // A correction needs a line of its own: the colon opens it.
    private static void HearKeys(TerminalOperator person)
    {
        while (true)
        {
            char letter = Console.ReadKey(intercept: true).KeyChar;
            if (letter == ':')
            {
                person.Prompt();
                person.Hear(Console.ReadLine() ?? "");
            }
            else
            {
                person.Hear(letter);
            }
        }
    }
}
