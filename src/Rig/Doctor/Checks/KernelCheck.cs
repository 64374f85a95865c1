using System.Globalization;

namespace HilRig.Rig.Doctor.Checks;

/// <summary>Kernel, preemption, throttling of real-time threads, clock, virtual machine.</summary>
internal static class KernelCheck
{
    private const string RuntimePath = "/proc/sys/kernel/sched_rt_runtime_us";
    private const string PeriodPath = "/proc/sys/kernel/sched_rt_period_us";
    private const string FairServerPath = "/sys/kernel/debug/sched/fair_server/cpu0/runtime";
    private const string ClockPath =
        "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// <summary>The preemption model in the kernel's own word.</summary>
    /// <param name="files">The machine.</param>
    public static string Preemption(MachineFiles files)
    {
        string version = files.Text("/proc/version") ?? "";
        if (files.Text("/sys/kernel/realtime") == "1" || version.Contains("PREEMPT_RT"))
        {
            return "PREEMPT_RT";
        }

        if (!version.Contains("PREEMPT_DYNAMIC"))
        {
            return version.Contains("PREEMPT") ? "full" : "none or voluntary";
        }

        // "none voluntary (full) lazy": the one in brackets is in force.
        string modes = files.Text("/sys/kernel/debug/sched/preempt") ?? "";
        int open = modes.IndexOf('(', StringComparison.Ordinal);
        int close = modes.IndexOf(')', StringComparison.Ordinal);
        string? asked = (files.Text("/proc/cmdline") ?? "").Split(' ')
            .LastOrDefault(word => word.StartsWith("preempt=", StringComparison.Ordinal));
        return open >= 0 && close > open ? $"dynamic, {modes[(open + 1)..close]}"
            : asked is not null ? $"dynamic, {asked["preempt=".Length..]}"
            : "dynamic";
    }

    /// <summary>Looks.</summary>
    /// <param name="files">The machine.</param>
    public static IEnumerable<Finding> Look(MachineFiles files)
    {
        yield return LookAtPreemption(files);
        yield return LookAtThrottling(files);
        yield return LookAtClock(files);
        yield return LookAtGuest(files);
    }

    private static Finding LookAtPreemption(MachineFiles files)
    {
        const string Why = "how long a woken thread waits for whatever the kernel is doing";
        string model = Preemption(files);
        string release = files.Text("/proc/sys/kernel/osrelease") ?? "unknown release";
        return model == "PREEMPT_RT"
            ? new("preemption", Severity.Ok, $"{release}, PREEMPT_RT", Why)
            : new(
                "preemption",
                Severity.Warn,
                $"{release}, {model}",
                Why,
                "install a PREEMPT_RT kernel (Debian: apt install linux-image-rt-amd64;"
                    + " Ubuntu: pro enable realtime-kernel;"
                    + " Raspberry Pi OS: linux-image-rpi-v8-rt)")
            {
                Rank = 20,
            };
    }

    private static Finding LookAtThrottling(MachineFiles files)
    {
        const string Why = "real-time threads that use a whole processor are paused by the kernel;"
            + " a loop that sleeps is not, one that spins is";
        long? runtime = files.Number(RuntimePath);
        long period = files.Number(PeriodPath) ?? 1_000_000;
        string server = files.Exists(FairServerPath) ? ", fair server" : "";
        return runtime switch
        {
            null => new("throttling", Severity.Ok, "unknown", Why),
            -1 => new("throttling", Severity.Ok, "off" + server, Why),
            0 => new(
                "throttling", Severity.Fail, "0 µs of real time a period", Why,
                "sysctl -w kernel.sched_rt_runtime_us=950000"),
            _ => new("throttling", Severity.Ok, string.Create(
                CultureInfo.InvariantCulture, $"{runtime} of {period} µs{server}"), Why),
        };
    }

    private static Finding LookAtClock(MachineFiles files)
    {
        const string Why = "every stamp and deadline reads it; without a fast one each reading is"
            + " a system call";
        string clock = files.Text(ClockPath) ?? "unknown";
        bool isSlow = clock is "hpet" or "acpi_pm" or "jiffies" or "refined-jiffies" or "xen";
        return isSlow
            ? new(
                "clock-source", Severity.Warn, clock, Why,
                "see 'dmesg | grep -i tsc' for why the kernel gave up the TSC; boot with"
                    + " tsc=reliable where that is true")
            {
                Rank = 30,
            }
            : new("clock-source", Severity.Ok, clock, Why);
    }

    private static Finding LookAtGuest(MachineFiles files)
    {
        const string Why = "a hypervisor takes processors away without the kernel's knowledge";
        string processor = files.Text("/proc/cpuinfo") ?? "";
        bool isGuest = processor.Split('\n').Any(line =>
            line.StartsWith("flags", StringComparison.Ordinal)
            && line.Split(' ').Contains("hypervisor"))
            || files.Exists("/sys/hypervisor/type");
        string steal = Steal(files) is { } share
            ? string.Create(CultureInfo.InvariantCulture, $", {share:P2} of its time stolen")
            : "";
        string container = files.Exists("/.dockerenv") || files.Exists("/run/.containerenv")
            ? "container on a "
            : "";
        return isGuest
            ? new(
                "virtual-machine", Severity.Warn, $"{container}virtual machine{steal}", Why,
                "measure on the metal, or pin the guest's processors to idle ones of the host")
            {
                Rank = 40,
            }
            : new("virtual-machine", Severity.Ok, container + "physical machine" + steal, Why);
    }

    // First line of /proc/stat: user nice system idle iowait irq softirq steal …
    private static double? Steal(MachineFiles files)
    {
        const int StealIndex = 7;
        double[] ticks =
        [
            .. (files.Text("/proc/stat") ?? "").Split('\n')[0]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(StealIndex + 1)
                .Select(text => double.TryParse(text, out double value) ? value : 0),
        ];
        return ticks.Length > StealIndex && ticks.Sum() > 0
            ? ticks[StealIndex] / ticks.Sum()
            : null;
    }
}
