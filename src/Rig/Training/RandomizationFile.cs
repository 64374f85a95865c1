using HilRig.Core.Errors;
using HilRig.Harness.Yaml;
using HilRig.Sim.Environments;

namespace HilRig.Rig.Training;

/// <summary>
/// What differs from env to env, as YAML:
/// <code>
/// version: 1
/// events:
///   - when: reset            # startup, reset or interval
///     field: dof_damping     # a parameter under MuJoCo's name, or qpos, qvel
///     names: [elbow]         # optional; all without it
///     column: 0              # optional; all without it
///     operation: scale       # absolute (the default), add or scale
///     uniform: [0.5, 2]      # or logUniform, gaussian: [mean, deviation], choice: [1, 2, 4]
///     shared: true           # optional: one number for all names and columns
///     every: [0.5, 2]        # s, uniform; of interval events only
/// </code>
/// </summary>
public static class RandomizationFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="ScenarioException">
    /// Absent, unreadable, or not as above; every fault with its line.
    /// </exception>
    public static IReadOnlyList<RandomizationEvent> Load(string path) =>
        Read(YamlDocument.Load(path));

    /// <summary>Reads text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="path">Path that faults show.</param>
    /// <exception cref="ScenarioException">Not as above; every fault with its line.</exception>
    public static IReadOnlyList<RandomizationEvent> Parse(string text, string path) =>
        Read(YamlDocument.Parse(text, path));

    private static List<RandomizationEvent> Read(YamlDocument document)
    {
        _ = document.Root.Required("version").Integer(1, 1);
        var events = new List<RandomizationEvent>();
        foreach (YamlField item in document.Root.Required("events").Items())
        {
            if (ReadEvent(item, item.Map()) is { } one)
            {
                events.Add(one);
            }
        }

        document.Finish();
        return events;
    }

    private static RandomizationEvent? ReadEvent(YamlField place, YamlMap map)
    {
        RandomizationTrigger when = map.Required("when").Choice("startup", "reset", "interval")
            switch
        {
            "startup" => RandomizationTrigger.Startup,
            "reset" => RandomizationTrigger.Reset,
            _ => RandomizationTrigger.Interval,
        };
        RandomizationOperation operation =
            map.Optional("operation")?.Choice("absolute", "add", "scale") switch
            {
                "add" => RandomizationOperation.Add,
                "scale" => RandomizationOperation.Scale,
                _ => RandomizationOperation.Absolute,
            };
        string field = map.Required("field").Text();
        string[] names = [.. map.Optional("names")?.Items().Select(name => name.Text()) ?? []];
        int? column = map.Optional("column")?.Integer(0, 99);
        bool shared = map.Optional("shared")?.Flag() ?? false;
        RandomDistribution? distribution = ReadDistribution(place, map);
        YamlField? every = map.Optional("every");
        if (every is not null != (when == RandomizationTrigger.Interval))
        {
            place.Refuse("An interval event has 'every', and no other has", "every: [0.5, 2]");
        }

        RandomDistribution? interval =
            every is null ? null : Make(every, RandomDistributionKind.Uniform);
        return distribution is null
            ? null
            : new RandomizationEvent
            {
                When = when,
                Field = field,
                Names = names,
                Column = column,
                Operation = operation,
                Distribution = distribution,
                Shared = shared,
                Interval = interval,
            };
    }

    private static RandomDistribution? ReadDistribution(YamlField place, YamlMap map)
    {
        (string Key, RandomDistributionKind Kind)[] known =
        [
            ("uniform", RandomDistributionKind.Uniform),
            ("logUniform", RandomDistributionKind.LogUniform),
            ("gaussian", RandomDistributionKind.Gaussian),
            ("choice", RandomDistributionKind.Choice),
        ];
        var found = new List<RandomDistribution?>();
        foreach ((string key, RandomDistributionKind kind) in known)
        {
            if (map.Optional(key) is { } numbers)
            {
                found.Add(Make(numbers, kind));
            }
        }

        if (found.Count != 1)
        {
            place.Refuse(
                "An event has one distribution",
                "one of " + string.Join(", ", known.Select(one => one.Key)),
                $"{found.Count}");
            return null;
        }

        return found[0];
    }

    private static RandomDistribution? Make(YamlField field, RandomDistributionKind kind)
    {
        double[] numbers = [.. field.Items().Select(number => number.Number())];
        try
        {
            return RandomDistribution.Of(kind, numbers);
        }
        catch (ModelException fault)
        {
            field.Refuse("The numbers are no such distribution", fault.Expected, fault.Found);
            return null;
        }
    }
}
