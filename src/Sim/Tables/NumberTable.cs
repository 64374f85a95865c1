using System.Globalization;
using HilRig.Core.Errors;

namespace HilRig.Sim.Tables;

/// <summary>Reads rows of numbers with a header from CSV, one row at a time.</summary>
internal sealed class NumberTable
{
    private readonly TextReader _reader;
    private readonly string _place;
    private readonly int _columnCount;
    private int _line = 1;

    /// <summary>Reads the header.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="place">Its name in errors.</param>
    /// <param name="columns">Names the header must have, in order.</param>
    /// <exception cref="ModelException">Another header.</exception>
    public NumberTable(TextReader reader, string place, IReadOnlyList<string> columns)
    {
        _reader = reader;
        _place = place;
        _columnCount = columns.Count;
        string found = (reader.ReadLine() ?? "").Replace(" ", "", StringComparison.Ordinal);
        string expected = string.Join(",", columns);
        if (found != expected)
        {
            throw new ModelException(
                "the header does not fit the model",
                place + ":1",
                expected,
                found.Length == 0 ? "an empty file" : found,
                "write the columns in MuJoCo's order; hilrig sim check shows the model's sizes");
        }
    }

    /// <summary>Reads the next row; blank lines are passed over.</summary>
    /// <param name="row">Receives the numbers. Shape [column].</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="ModelException">
    /// A row of another length, or something that is no number.
    /// </exception>
    public bool TryRead(Span<double> row)
    {
        string? text;
        do
        {
            text = _reader.ReadLine();
            _line++;
        }
        while (text is not null && string.IsNullOrWhiteSpace(text));

        if (text is null)
        {
            return false;
        }

        string[] cells = text.Split(',');
        if (cells.Length != _columnCount)
        {
            throw new ModelException(
                "the row has the wrong length",
                Where,
                $"{_columnCount} numbers",
                $"{cells.Length}");
        }

        for (int i = 0; i < cells.Length; i++)
        {
            bool good = double.TryParse(
                cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]);
            if (!good || !double.IsFinite(row[i]))
            {
                throw new ModelException(
                    "this is not a finite number", Where, "a number", $"\"{cells[i].Trim()}\"");
            }
        }

        return true;
    }

    /// <summary>File and line of the row read last.</summary>
    public string Where => $"{_place}:{_line}";

    /// <summary>Names of a block of columns: qpos0, qpos1, …</summary>
    public static IEnumerable<string> Names(string prefix, int count) =>
        Enumerable.Range(0, count).Select(index => prefix + index);

    /// <summary>Appends numbers with 17 digits, so that they read back as the same bits.</summary>
    public static void Append(List<string> cells, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            cells.Add(value.ToString("G17", CultureInfo.InvariantCulture));
        }
    }
}
