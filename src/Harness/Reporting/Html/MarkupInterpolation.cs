using System.Globalization;
using System.Runtime.CompilerServices;

namespace HilRig.Harness.Reporting.Html;

/// <summary>Lets <see cref="Markup.Add"/> tell literal markup from inserted values.</summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupInterpolation
{
    private readonly Markup _target;

    public MarkupInterpolation(int literalLength, int formattedCount, Markup target)
    {
        _ = literalLength;
        _ = formattedCount;
        _target = target;
    }

    public void AppendLiteral(string markup) => _target.AddMarkup(markup);

    public void AppendFormatted(string? text) => _target.AddEscaped(text);

    public void AppendFormatted(long value) =>
        _target.AddMarkup(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A coordinate or percentage, to a tenth.</summary>
    public void AppendFormatted(double value) =>
        _target.AddMarkup(value.ToString("0.#", CultureInfo.InvariantCulture));
}
