using System.Globalization;
using HilRig.Core.Errors;

namespace HilRig.Recording.ServoLogs;

/// <summary>Rows of a servo recording as they are read, checked one by one.</summary>
internal sealed class ServoLogRows
{
    private readonly List<ServoLogRow> _rows = [];

    public ServoBench Bench { get; set; } = ServoBench.Unknown;

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="place">File and line or entry, for the error.</param>
    public void Add(in ServoLogRow row, string place)
    {
        CheckFinite(row.TimeSeconds, "time", place);
        CheckFinite(row.GoalPositionRadians, "goal position", place);
        CheckFinite(row.PositionRadians, "position", place);
        CheckFinite(row.VelocityRadiansPerSecond, "speed", place);
        if (_rows.Count > 0 && row.TimeSeconds <= _rows[^1].TimeSeconds)
        {
            throw new ScenarioException(
                "time does not increase",
                place,
                string.Create(CultureInfo.InvariantCulture, $"more than {_rows[^1].TimeSeconds} s"),
                string.Create(CultureInfo.InvariantCulture, $"{row.TimeSeconds} s"));
        }

        _rows.Add(row);
    }

    public ServoLog ToLog(string path)
    {
        if (_rows.Count < 2)
        {
            throw new ScenarioException(
                "a servo recording is too short", path, "2 rows", $"{_rows.Count}");
        }

        return new ServoLog
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Bench = Bench,
            TimeSeconds = Column(row => row.TimeSeconds),
            GoalPositionRadians = Column(row => row.GoalPositionRadians),
            PositionRadians = Column(row => row.PositionRadians),
            VelocityRadiansPerSecond = Column(row => row.VelocityRadiansPerSecond),
            TorqueEnabled = Column(row => row.TorqueEnabled),
            InputVolts = Column(row => row.InputVolts),
            TemperatureCelsius = Column(row => row.TemperatureCelsius),
        };
    }

    private static void CheckFinite(double value, string name, string place)
    {
        if (!double.IsFinite(value))
        {
            throw new ScenarioException($"{name} is not a finite number", place);
        }
    }

    private T[] Column<T>(Func<ServoLogRow, T> value)
    {
        var column = new T[_rows.Count];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = value(_rows[i]);
        }

        return column;
    }
}
