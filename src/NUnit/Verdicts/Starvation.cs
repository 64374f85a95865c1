using System.Globalization;
using System.Text.Json;

namespace HilRig.Testing.Verdicts;

/// <summary>Whether a run's own loop was kept from the processor.</summary>
internal static class Starvation
{
    /// <summary>
    /// Reads the latency of the loop's wake-up, before anything of the product has run. At the 99th
    /// percentile, or the 90th of a run too short for that, it must come within the tick's period.
    /// One long halt, such as a scenario's own fault, moves neither.
    /// </summary>
    /// <param name="run">The content of run.json.</param>
    /// <returns>What was found, in words; null: the loop had its time, or there was none.</returns>
    public static string? Find(JsonElement run)
    {
        if (!TryFind(run, out JsonElement rate, "loop", "rateHertz")
            || !(TryFind(run, out JsonElement wake, "latency", "wake", "p99_us")
                || TryFind(run, out wake, "latency", "wake", "p90_us")))
        {
            return null;
        }

        double periodMicroseconds = 1e6 / rate.GetDouble();
        return wake.GetDouble() <= periodMicroseconds ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"its loop woke {wake.GetDouble() / 1e3:0.0} ms late where the period is "
            + $"{periodMicroseconds / 1e3:0.0} ms, so the machine was too busy");
    }

    private static bool TryFind(JsonElement element, out JsonElement found, params string[] path)
    {
        found = element;
        foreach (string key in path)
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(key, out found))
            {
                return false;
            }
        }

        return found.ValueKind == JsonValueKind.Number;
    }
}
