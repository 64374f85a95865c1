using HilRig.Rig.Doctor;

namespace HilRig.Rig.Tests.Doctor;

/// <summary>A machine as a folder of files. Removed on dispose.</summary>
internal sealed class MachineTree : IDisposable
{
    private readonly HashSet<string> _forbidden = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("hilrig-machine-").FullName;

    public MachineFiles Files => new(Root, path => !_forbidden.Contains(path));

    /// <summary>Puts a file in place.</summary>
    public MachineTree With(string path, string text)
    {
        string place = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, text + "\n");
        return this;
    }

    /// <summary>Puts a link in place.</summary>
    public MachineTree Link(string path, string target)
    {
        string place = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.CreateDirectory(Path.Join(Root, target));
        File.CreateSymbolicLink(place, Path.Join(Root, target));
        return this;
    }

    /// <summary>This user may not use a file.</summary>
    public MachineTree Forbid(string path)
    {
        _forbidden.Add(path);
        return this;
    }

    public Finding Find(string id) => Checkup.Look(Files).Single(finding => finding.Id == id);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>A laptop of an ordinary user, with an FTDI adapter.</summary>
    public static MachineTree Laptop() => new MachineTree()
        .With("/proc/version", "Linux version 6.8.0-45-generic #45 SMP PREEMPT_DYNAMIC")
        .With("/proc/sys/kernel/osrelease", "6.8.0-45-generic")
        .With("/proc/cmdline", "quiet splash preempt=voluntary")
        .With("/proc/cpuinfo", "model name\t: Mobile 7\nflags\t\t: fpu sse")
        .With("/proc/loadavg", "0.52 0.40 0.30 1/900 1234")
        .With("/proc/stat", "cpu  100 0 50 800 50 0 0 0 0 0")
        .With("/proc/sys/kernel/sched_rt_runtime_us", "950000")
        .With("/proc/sys/kernel/sched_rt_period_us", "1000000")
        .With("/proc/self/status", "Name:\thilrig\nCapEff:\t0000000000000000")
        .With("/proc/self/limits", Limits("0", "8388608"))
        .With("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc")
        .With("/sys/devices/system/cpu/isolated", "")
        .With("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave")
        .With("/sys/devices/system/cpu/cpu0/cpuidle/state0/latency", "0")
        .With("/sys/devices/system/cpu/cpu0/cpuidle/state3/name", "C10")
        .With("/sys/devices/system/cpu/cpu0/cpuidle/state3/latency", "890")
        .With("/sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0-1")
        .With("/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave")
        .With("/sys/devices/system/cpu/cpu1/topology/thread_siblings_list", "0-1")
        .With("/sys/devices/system/cpu/cpu10/cpufreq/scaling_governor", "powersave")
        .With("/dev/cpu_dma_latency", "")
        .Forbid("/dev/cpu_dma_latency")
        .With("/dev/ttyUSB0", "")
        .With("/sys/devices/usb1/1-1/idVendor", "0403")
        .With("/sys/devices/usb1/1-1/power/control", "auto")
        .With("/sys/devices/usb1/1-1/1-1:1.0/ttyUSB0/latency_timer", "16")
        .Link("/sys/devices/usb1/1-1/1-1:1.0/ttyUSB0/driver", "/sys/bus/drivers/ftdi_sio")
        .Link("/sys/class/tty/ttyUSB0/device", "/sys/devices/usb1/1-1/1-1:1.0/ttyUSB0");

    /// <summary>A server with PREEMPT_RT, set up for real time.</summary>
    public static MachineTree Server() => new MachineTree()
        .With("/proc/version", "Linux version 6.12.9-rt #1 SMP PREEMPT_RT")
        .With("/proc/sys/kernel/osrelease", "6.12.9-rt")
        .With("/sys/kernel/realtime", "1")
        .With("/proc/cpuinfo", "model name\t: Server 9\nflags\t\t: fpu")
        .With("/proc/loadavg", "0.01 0.01 0.01 1/90 99")
        .With("/proc/stat", "cpu  100 0 50 800 50 0 0 0 0 0")
        .With("/proc/sys/kernel/sched_rt_runtime_us", "-1")
        .With("/proc/self/status", "CapEff:\t0000000000000000")
        .With("/proc/self/limits", Limits("99", "unlimited"))
        .With("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc")
        .With("/sys/devices/system/cpu/isolated", "2-3")
        .With("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance")
        .With("/sys/devices/system/cpu/cpu0/cpuidle/state1/name", "C6")
        .With("/sys/devices/system/cpu/cpu0/cpuidle/state1/latency", "133")
        .With("/sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0")
        .With("/dev/cpu_dma_latency", "");

    /// <summary>A small board with a CDC adapter, whose user is in no group.</summary>
    public static MachineTree Board() => new MachineTree()
        .With("/proc/version", "Linux version 6.6.31+rpt-rpi-v8 #1 SMP PREEMPT")
        .With("/proc/sys/kernel/osrelease", "6.6.31+rpt-rpi-v8")
        .With("/proc/cpuinfo", "processor\t: 0\nModel\t\t: Board 5 Model B")
        .With("/proc/self/status", "CapEff:\t0000000000000000")
        .With("/proc/self/limits", Limits("95", "unlimited"))
        .With("/sys/devices/system/clocksource/clocksource0/current_clocksource",
            "arch_sys_counter")
        .With("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "ondemand")
        .With("/dev/ttyACM0", "")
        .Forbid("/dev/ttyACM0")
        .With("/sys/devices/usb1/1-2/idVendor", "1a86")
        .With("/sys/devices/usb1/1-2/power/control", "on")
        .Link("/sys/devices/usb1/1-2/1-2:1.0/driver", "/sys/bus/usb/drivers/cdc_acm")
        .Link("/sys/class/tty/ttyACM0/device", "/sys/devices/usb1/1-2/1-2:1.0");

    /// <summary>A container on a virtual machine, with the capabilities but no device.</summary>
    public static MachineTree Container() => new MachineTree()
        .With("/proc/version", "Linux version 6.1.0 #1 SMP PREEMPT_DYNAMIC")
        .With("/sys/kernel/debug/sched/preempt", "none voluntary (full)")
        .With("/proc/cpuinfo", "model name\t: Guest\nflags\t\t: fpu hypervisor")
        .With("/proc/stat", "cpu  100 0 50 700 50 0 0 100 0 0")
        .With("/proc/loadavg", "7.50 4.00 3.00 9/900 1")
        .With("/proc/sys/kernel/sched_rt_runtime_us", "0")
        .With("/proc/self/status", "CapEff:\t0000000000804000")
        .With("/proc/self/limits", Limits("0", "65536"))
        .With("/.dockerenv", "")
        .With("/sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet")
        .With("/sys/devices/system/cpu/cpu0/online", "1");

    private static string Limits(string priority, string locked) =>
        "Limit                     Soft Limit           Hard Limit           Units\n"
        + $"Max locked memory         {locked,-20} {locked,-20} bytes\n"
        + $"Max realtime priority     {priority,-20} {priority,-20}";
}
