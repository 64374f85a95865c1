using System.Runtime.CompilerServices;
using System.Text;

namespace HilRig.Harness.Reporting.Html;

/// <summary>
/// HTML under construction. What is written in the literal parts of an interpolated string stays as
/// it is; every inserted value is escaped, so that no name from a scenario can become markup.
/// </summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();

    /// <summary>
    /// Adds literal parts as markup and inserted values escaped; the handler has done so.
    /// </summary>
    public Markup Add([InterpolatedStringHandlerArgument("")] MarkupInterpolation text)
    {
        _ = text;
        return this;
    }

    /// <summary>Adds text that is markup already.</summary>
    public void AddMarkup(string markup) => _text.Append(markup);

    /// <summary>Adds text with everything that could be markup escaped.</summary>
    public void AddEscaped(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            switch (letter)
            {
                case '&':
                    _text.Append("&amp;");
                    break;
                case '<':
                    _text.Append("&lt;");
                    break;
                case '>':
                    _text.Append("&gt;");
                    break;
                case '"':
                    _text.Append("&quot;");
                    break;
                default:
                    // Control characters are not allowed in HTML nor XML.
                    _text.Append(letter < ' ' && letter is not ('\n' or '\t') ? ' ' : letter);
                    break;
            }
        }
    }

    public override string ToString() => _text.ToString();
}
