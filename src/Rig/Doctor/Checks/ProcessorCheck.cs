using System.Globalization;

namespace HilRig.Rig.Doctor.Checks;

/// <summary>Frequency, idle states, siblings, isolation and load of the processors.</summary>
internal static class ProcessorCheck
{
    private const string Root = "/sys/devices/system/cpu";
    private const string LatencyDevice = "/dev/cpu_dma_latency";
    private const long SlowExitMicroseconds = 10;

    /// <summary>Names such as cpu0, in number order.</summary>
    /// <param name="files">The machine.</param>
    public static IReadOnlyList<string> Processors(MachineFiles files) =>
    [
        .. files.Names(Root)
            .Where(name => name.StartsWith("cpu", StringComparison.Ordinal)
                && name.Length > 3 && name[3..].All(char.IsAsciiDigit))
            .OrderBy(name => int.Parse(name.AsSpan(3), CultureInfo.InvariantCulture)),
    ];

    /// <summary>Looks.</summary>
    /// <param name="files">The machine.</param>
    public static IEnumerable<Finding> Look(MachineFiles files)
    {
        IReadOnlyList<string> processors = Processors(files);
        yield return LookAtGovernor(files, processors);
        yield return LookAtIdleStates(files, processors);
        yield return LookAtSiblings(files, processors);
        yield return LookAtIsolation(files, processors);
        yield return LookAtLoad(files, processors);
    }

    private static Finding LookAtGovernor(MachineFiles files, IReadOnlyList<string> processors)
    {
        const string Why = "a processor that was clocked down answers late until it has sped up";
        string[] governors =
        [
            .. processors.Select(name => files.Text($"{Root}/{name}/cpufreq/scaling_governor"))
                .OfType<string>().Distinct().Order(StringComparer.Ordinal),
        ];
        return governors is [] or ["performance"]
            ? new("governor", Severity.Ok, governors is [] ? "none" : "performance", Why)
            : new(
                "governor", Severity.Warn, string.Join(", ", governors), Why,
                "cpupower frequency-set -g performance")
            {
                Rank = 10,
            };
    }

    private static Finding LookAtIdleStates(MachineFiles files, IReadOnlyList<string> processors)
    {
        const string Why = "leaving a deep idle state takes as long as a wake-up may";
        long slowest = 0;
        string slowestName = "none";
        string first = processors.Count > 0 ? processors[0] : "cpu0";
        foreach (string state in files.Names($"{Root}/{first}/cpuidle"))
        {
            string place = $"{Root}/{first}/cpuidle/{state}";
            if (files.Number(place + "/disable") != 1
                && files.Number(place + "/latency") is { } latency && latency > slowest)
            {
                slowest = latency;
                slowestName = files.Text(place + "/name") ?? state;
            }
        }

        string figure = slowest == 0
            ? "no idle state with a latency"
            : string.Create(CultureInfo.InvariantCulture, $"{slowestName}, {slowest} µs to leave");
        if (slowest <= SlowExitMicroseconds)
        {
            return new("idle-states", Severity.Ok, figure, Why);
        }

        return files.MayUse(LatencyDevice)
            ? new(
                "idle-states", Severity.Ok,
                figure + "; kept out of it while a loop runs (cpu_dma_latency)", Why)
            : new(
                "idle-states", Severity.Warn, figure, Why,
                Core.RealTime.RealTimeKit.RemedyOf(Core.RealTime.RealTimeFeature.ProcessorLatency))
            {
                Rank = 5,
            };
    }

    private static Finding LookAtSiblings(MachineFiles files, IReadOnlyList<string> processors)
    {
        const string Why = "two threads on one core slow each other down";
        string[] pairs =
        [
            .. processors
                .Select(name => files.Text($"{Root}/{name}/topology/thread_siblings_list"))
                .OfType<string>().Where(list => list.Any(c => c is ',' or '-')).Distinct(),
        ];
        return pairs.Length == 0
            ? new("siblings", Severity.Ok, "one thread a core", Why)
            : new(
                "siblings", Severity.Warn, "cores shared by " + string.Join(" and ", pairs), Why,
                "echo off > /sys/devices/system/cpu/smt/control, or leave the sibling idle")
            {
                Rank = 35,
            };
    }

    private static Finding LookAtIsolation(MachineFiles files, IReadOnlyList<string> processors)
    {
        const string Why = "on a processor of its own a loop meets no other thread";
        string isolated = files.Text(Root + "/isolated") ?? "";
        if (isolated.Length > 0)
        {
            return new("isolated-processors", Severity.Ok, isolated, Why);
        }

        int last = Math.Max(0, processors.Count - 1);
        return new(
            "isolated-processors",
            processors.Count > 2 ? Severity.Warn : Severity.Ok,
            $"none of {processors.Count}",
            Why,
            processors.Count > 2
                ? $"boot with isolcpus={last} nohz_full={last} rcu_nocbs={last} irqaffinity=0"
                : null)
        {
            Rank = 45,
        };
    }

    private static Finding LookAtLoad(MachineFiles files, IReadOnlyList<string> processors)
    {
        const string Why = "what runs beside a measurement is in it";
        string text = (files.Text("/proc/loadavg") ?? "").Split(' ')[0];
        bool isKnown = double.TryParse(
            text, NumberStyles.Float, CultureInfo.InvariantCulture, out double load);
        int count = Math.Max(1, processors.Count);
        return isKnown && load > count
            ? new(
                "load", Severity.Warn, $"{text} on {count} processors", Why,
                "end other programs, then measure again")
            {
                Rank = 8,
            }
            : new(
                "load", Severity.Ok, $"{(isKnown ? text : "unknown")} on {count} processors", Why);
    }
}
