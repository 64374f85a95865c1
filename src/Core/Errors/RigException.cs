using System.Text;

namespace HilRig.Core.Errors;

/// <summary>
/// A set-up error that a person can mend. The message says what is wrong, where, what was expected,
/// what was found and what to try. Loops use status values instead.
/// </summary>
public class RigException : Exception
{
    /// <summary>
    /// Makes an error from its five parts; absent parts are left out of the message.
    /// </summary>
    /// <param name="what">What is wrong, one sentence without a full stop.</param>
    /// <param name="where">File, line, port, servo id or joint.</param>
    /// <param name="expected">What would have been right.</param>
    /// <param name="found">What was there.</param>
    /// <param name="remedy">What to try.</param>
    /// <param name="inner">The cause, when another error led here.</param>
    public RigException(
        string what,
        string? where = null,
        string? expected = null,
        string? found = null,
        string? remedy = null,
        Exception? inner = null)
        : base(Compose(what, where, expected, found, remedy), inner)
    {
        What = what;
        Where = where;
        Expected = expected;
        Found = found;
        Remedy = remedy;
    }

    /// <summary>What is wrong.</summary>
    public string What { get; }

    /// <summary>File and line, port, servo id or joint; null when it has no place.</summary>
    public string? Where { get; }

    /// <summary>What would have been right.</summary>
    public string? Expected { get; }

    /// <summary>What was there.</summary>
    public string? Found { get; }

    /// <summary>What to try.</summary>
    public string? Remedy { get; }

    private static string Compose(
        string what, string? where, string? expected, string? found, string? remedy)
    {
        var text = new StringBuilder();
        if (where is not null)
        {
            text.Append(where).Append(": ");
        }

        text.Append(what).Append('.');
        Add(text, "Expected", expected);
        Add(text, "Found", found);
        Add(text, "Try", remedy);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string label, string? part)
    {
        if (part is not null)
        {
            text.Append(' ').Append(label).Append(": ").Append(part).Append('.');
        }
    }
}
