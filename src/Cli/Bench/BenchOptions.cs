using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HilRig.Cli.Bench;

/// <summary>What the command lines of all benches share.</summary>
internal static class BenchOptions
{
    /// <summary>How results become JSON.</summary>
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>`--json`.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object." };

    /// <summary>An option with a range.</summary>
    /// <param name="name">Such as "--rate".</param>
    /// <param name="description">What it is, with its unit.</param>
    /// <param name="defaultValue">Value when it is not given.</param>
    /// <param name="min">Least value.</param>
    /// <param name="max">Largest value.</param>
    public static Option<T> Ranged<T>(
        string name, string description, T defaultValue, T min, T max)
        where T : IComparable<T>
    {
        var option = new Option<T>(name)
        {
            Description = $"{description} ({min} to {max}).",
            DefaultValueFactory = _ => defaultValue,
        };
        option.Validators.Add(result =>
        {
            T? value = result.GetValueOrDefault<T>();
            if (value is null || value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                result.AddError($"{name} must be {min} to {max}");
            }
        });
        return option;
    }

    /// <summary>Prints a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="isJson">Whether as JSON.</param>
    /// <param name="describe">Makes its text.</param>
    public static void Print<T>(T result, bool isJson, Func<T, string> describe) =>
        Console.Out.WriteLine(
            isJson ? JsonSerializer.Serialize(result, Format) : describe(result));
}
