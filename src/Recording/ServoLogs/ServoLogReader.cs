using HilRig.Core.Errors;

namespace HilRig.Recording.ServoLogs;

/// <summary>Reads recordings of real servos, in the layouts of public data sets.</summary>
public static class ServoLogReader
{
    /// <summary>Reads one recording: .csv (XL330 layout) or .json (STS3250 layout).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ScenarioException">
    /// It is absent, of another layout, or a value is missing, no number or out of order.
    /// </exception>
    public static ServoLog Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ScenarioException(
                "a servo recording is missing", path, remedy: "pass --data DIR or set HILRIG_DATA");
        }

        ServoLogRows rows = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => CsvServoLog.Read(path),
            ".json" => JsonServoLog.Read(path),
            string other => throw new ScenarioException(
                "this is no servo recording",
                path,
                ".csv or .json",
                other.Length > 0 ? other : "no extension"),
        };
        return rows.ToLog(path);
    }
}
