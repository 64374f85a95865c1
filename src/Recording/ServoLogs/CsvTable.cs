using System.Globalization;
using HilRig.Core.Errors;

namespace HilRig.Recording.ServoLogs;

/// <summary>A plain comma-separated table with a header line; no quoting.</summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly string[] _header;
    private readonly List<(int Line, string[] Cells)> _rows = [];

    private CsvTable(string path, string[] header)
    {
        _path = path;
        _header = header;
    }

    public int RowCount => _rows.Count;

    public static CsvTable Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0)
        {
            throw new ScenarioException("a table is empty", path, "a header line");
        }

        var table = new CsvTable(path, lines[0].Split(',', StringSplitOptions.TrimEntries));
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            string[] cells = lines[i].Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != table._header.Length)
            {
                throw new ScenarioException(
                    "a row has another number of cells than the header",
                    $"{path}:{i + 1}",
                    $"{table._header.Length}",
                    $"{cells.Length}");
            }

            table._rows.Add((i + 1, cells));
        }

        return table;
    }

    /// <summary>Position of a column.</summary>
    public int Column(string name)
    {
        int column = Array.IndexOf(_header, name);
        return column >= 0 ? column : throw new ScenarioException(
            $"column \"{name}\" is missing", $"{_path}:1", found: string.Join(", ", _header));
    }

    public string Place(int row) => $"{_path}:{_rows[row].Line}";

    public string Text(int row, int column) => _rows[row].Cells[column];

    public double Number(int row, int column) => double.TryParse(
        Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new ScenarioException(
            $"{_header[column]} is not a number",
            Place(row),
            "a number",
            $"\"{Text(row, column)}\"");
}
