using System.Text;

namespace HilRig.Tidy.Tests;

/// <summary>
/// C# text with comments and literals blanked, so that braces and words mean what they say. Line
/// breaks stay where they were.
/// </summary>
internal static class SourceText
{
    public static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>1-based line of a position.</summary>
    public static int LineAt(string text, int position) =>
        1 + text.AsSpan(0, position).Count('\n');

    /// <summary>
    /// The text with everything inside comments, strings and characters made blank.
    /// </summary>
    public static string Blank(string text)
    {
        var result = new StringBuilder(text.Length);
        int position = 0;
        while (position < text.Length)
        {
            int end = LiteralEnd(text, position);
            if (end == position)
            {
                result.Append(text[position++]);
                continue;
            }

            for (; position < end; position++)
            {
                result.Append(text[position] == '\n' ? '\n' : ' ');
            }
        }

        return result.ToString();
    }

    /// <summary>Each comment with the position where it starts.</summary>
    public static IEnumerable<(int Start, string Text)> Comments(string text)
    {
        int position = 0;
        while (position < text.Length)
        {
            int end = LiteralEnd(text, position);
            if (end > position && text[position] == '/')
            {
                yield return (position, text[position..end]);
            }

            position = Math.Max(end, position + 1);
        }
    }

    /// <summary>
    /// Where the comment or literal that starts here ends; the same position if none does.
    /// </summary>
    private static int LiteralEnd(string text, int start)
    {
        if (Starts(text, start, "//"))
        {
            return Until(text, start, "\n", 0);
        }

        if (Starts(text, start, "/*"))
        {
            return Until(text, start + 2, "*/", 2);
        }

        if (text[start] == '\'')
        {
            return QuotedEnd(text, start + 1, '\'');
        }

        int quote = start;
        while (quote < text.Length && text[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote >= text.Length || text[quote] != '"')
        {
            return start;
        }

        ReadOnlySpan<char> prefix = text.AsSpan(start, quote - start);
        if (prefix.Contains('@'))
        {
            return VerbatimEnd(text, quote + 1);
        }

        int quotes = RunOf(text, quote, '"');
        return quotes >= 3
            ? Until(text, quote + quotes, new string('"', quotes), quotes)
            : QuotedEnd(text, quote + 1, '"', prefix.Contains('$'));
    }

    private static bool Starts(string text, int start, string part) =>
        string.CompareOrdinal(text, start, part, 0, part.Length) == 0;

    private static int Until(string text, int from, string part, int extra)
    {
        int found = text.IndexOf(part, from, StringComparison.Ordinal);
        return found < 0 ? text.Length : found + extra;
    }

    private static int RunOf(string text, int start, char letter)
    {
        int end = start;
        while (end < text.Length && text[end] == letter)
        {
            end++;
        }

        return end - start;
    }

    private static int QuotedEnd(string text, int from, char quote, bool holes = false)
    {
        for (int i = from; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (holes && text[i] == '{' && !Starts(text, i, "{{"))
            {
                i = HoleEnd(text, i + 1);
            }
            else if (holes && text[i] == '{')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                return i + 1;
            }
        }

        return from;
    }

    /// <summary>
    /// The closing brace of an interpolation hole; strings inside it may hold anything.
    /// </summary>
    private static int HoleEnd(string text, int from)
    {
        int depth = 1;
        for (int i = from; i < text.Length; i++)
        {
            int end = LiteralEnd(text, i);
            if (end > i)
            {
                i = end - 1;
                continue;
            }

            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int VerbatimEnd(string text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                continue;
            }

            if (RunOf(text, i, '"') % 2 == 1)
            {
                return i + RunOf(text, i, '"');
            }

            i += RunOf(text, i, '"') - 1;
        }

        return text.Length;
    }
}
