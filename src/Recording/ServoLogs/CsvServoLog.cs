using HilRig.Core.Errors;

namespace HilRig.Recording.ServoLogs;

/// <summary>
/// XL330 layout: t (s), goal_position, position (rad), speed (rad/s), torque_enable (0 or 1),
/// input_volts (V), temp (°C); further columns are ignored. A manifest.csv beside the file, with
/// columns file, mass_kg, length_m, kp, vin and trajectory, describes the bench.
/// </summary>
internal static class CsvServoLog
{
    public static ServoLogRows Read(string path)
    {
        CsvTable table = CsvTable.Read(path);
        int time = table.Column("t");
        int goal = table.Column("goal_position");
        int position = table.Column("position");
        int speed = table.Column("speed");
        int torque = table.Column("torque_enable");
        int volts = table.Column("input_volts");
        int temperature = table.Column("temp");
        var rows = new ServoLogRows { Bench = ReadBench(path) };
        for (int i = 0; i < table.RowCount; i++)
        {
            var row = new ServoLogRow(
                table.Number(i, time),
                table.Number(i, goal),
                table.Number(i, position),
                table.Number(i, speed),
                ReadFlag(table, i, torque),
                table.Number(i, volts),
                table.Number(i, temperature));
            rows.Add(row, table.Place(i));
        }

        return rows;
    }

    private static bool ReadFlag(CsvTable table, int row, int column) =>
        table.Text(row, column) switch
        {
            "0" => false,
            "1" => true,
            string other => throw new ScenarioException(
                "torque_enable is not a flag", table.Place(row), "0 or 1", other),
        };

    private static ServoBench ReadBench(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string manifest = Path.Combine(folder, "manifest.csv");
        if (!File.Exists(manifest))
        {
            return ServoBench.Unknown;
        }

        CsvTable table = CsvTable.Read(manifest);
        int file = table.Column("file");
        for (int i = 0; i < table.RowCount; i++)
        {
            if (table.Text(i, file) == Path.GetFileName(path))
            {
                return new ServoBench(
                    Path.GetFileName(folder),
                    table.Text(i, table.Column("trajectory")),
                    table.Number(i, table.Column("mass_kg")),
                    table.Number(i, table.Column("length_m")),
                    table.Number(i, table.Column("kp")),
                    table.Number(i, table.Column("vin")));
            }
        }

        return ServoBench.Unknown;
    }
}
