using HilRig.Rig.Doctor;

namespace HilRig.Rig.Tests.Doctor;

internal sealed class CheckupTests
{
    [Test]
    public void A_laptop_is_told_its_worst_first()
    {
        using MachineTree laptop = MachineTree.Laptop();
        IReadOnlyList<Finding> findings = Checkup.Look(laptop.Files);
        Assert.That(findings.Take(5).Select(finding => finding.Id), Is.EqualTo(new[]
        {
            "real-time-priority", "locked-memory", "latency-timer-ttyUSB0", "idle-states",
            "governor",
        }));
        Assert.That(
            findings.Where(finding => finding.Severity != Severity.Ok)
                .Select(finding => finding.Fix),
            Has.None.Null.And.None.Empty);
    }

    [Test]
    public void A_server_that_is_set_up_has_nothing_to_fix()
    {
        using MachineTree server = MachineTree.Server();
        IReadOnlyList<Finding> findings = Checkup.Look(server.Files);
        Assert.That(
            findings.Where(finding => finding.Severity != Severity.Ok)
                .Select(finding => finding.Id),
            Is.Empty);
        Assert.That(server.Find("preemption").Figure, Is.EqualTo("6.12.9-rt, PREEMPT_RT"));
        Assert.That(server.Find("throttling").Figure, Is.EqualTo("off"));
        Assert.That(server.Find("isolated-processors").Figure, Is.EqualTo("2-3"));
        Assert.That(server.Find("idle-states").Figure, Does.Contain("133 µs"));
    }

    [Test]
    public void An_ftdi_timer_of_16_ms_names_the_file_to_change()
    {
        using MachineTree laptop = MachineTree.Laptop();
        Finding timer = laptop.Find("latency-timer-ttyUSB0");
        Assert.That(timer.Severity, Is.EqualTo(Severity.Warn));
        Assert.That(timer.Figure, Is.EqualTo("ftdi_sio: 16 ms"));
        Assert.That(
            timer.Fix, Does.StartWith("echo 1 > /sys/class/tty/ttyUSB0/device/latency_timer"));
        laptop.With("/sys/devices/usb1/1-1/1-1:1.0/ttyUSB0/latency_timer", "1");
        Assert.That(laptop.Find("latency-timer-ttyUSB0").Severity, Is.EqualTo(Severity.Ok));
    }

    [Test]
    public void An_adapter_without_a_timer_is_no_fault()
    {
        using MachineTree board = MachineTree.Board();
        Finding timer = board.Find("latency-timer-ttyACM0");
        Assert.That(timer.Severity, Is.EqualTo(Severity.Ok));
        Assert.That(timer.Figure, Does.StartWith("cdc_acm"));
    }

    [Test]
    public void Autosuspend_is_found_at_the_device_whatever_the_driver()
    {
        using MachineTree laptop = MachineTree.Laptop();
        using MachineTree board = MachineTree.Board();
        Assert.That(
            laptop.Find("usb-autosuspend-ttyUSB0").Fix,
            Does.Contain("/sys/devices/usb1/1-1/power/control"));
        Assert.That(board.Find("usb-autosuspend-ttyACM0").Figure, Is.EqualTo("on"));
        board.With("/sys/devices/usb1/1-2/power/control", "auto");
        Assert.That(
            board.Find("usb-autosuspend-ttyACM0").Severity, Is.EqualTo(Severity.Warn));
    }

    [Test]
    public void A_port_that_may_not_be_used_fails()
    {
        using MachineTree board = MachineTree.Board();
        Finding rights = board.Find("port-rights-ttyACM0");
        Assert.That(rights.Severity, Is.EqualTo(Severity.Fail));
        Assert.That(rights.Fix, Does.Contain("dialout"));
    }

    [Test]
    public void Capabilities_count_as_much_as_limits()
    {
        using MachineTree container = MachineTree.Container();
        Assert.That(container.Find("real-time-priority").Severity, Is.EqualTo(Severity.Ok));
        Assert.That(container.Find("locked-memory").Severity, Is.EqualTo(Severity.Ok));
        container.With("/proc/self/status", "CapEff:\t0000000000800000");
        Assert.That(container.Find("real-time-priority").Severity, Is.EqualTo(Severity.Ok));
        Assert.That(container.Find("locked-memory").Severity, Is.EqualTo(Severity.Fail));
    }

    [Test]
    public void A_container_is_told_of_throttling_clock_load_and_theft()
    {
        using MachineTree container = MachineTree.Container();
        Assert.That(container.Find("throttling").Severity, Is.EqualTo(Severity.Fail));
        Assert.That(container.Find("clock-source").Severity, Is.EqualTo(Severity.Warn));
        Assert.That(container.Find("load").Figure, Is.EqualTo("7.50 on 1 processors"));
        Assert.That(
            container.Find("virtual-machine").Figure,
            Is.EqualTo("container on a virtual machine, 10.00 % of its time stolen"));
    }

    [TestCase("none voluntary (full)", "6.1", "dynamic, full")]
    [TestCase("none (voluntary) full lazy", "6.14", "dynamic, voluntary")]
    public void The_mode_in_brackets_is_the_one_in_force(
        string modes, string release, string expected)
    {
        using MachineTree machine = MachineTree.Container()
            .With("/sys/kernel/debug/sched/preempt", modes)
            .With("/proc/sys/kernel/osrelease", release);
        Assert.That(
            machine.Find("preemption").Figure, Is.EqualTo($"{release}, {expected}"));
    }

    [Test]
    public void The_command_line_of_the_kernel_says_the_mode_where_debugfs_does_not()
    {
        using MachineTree laptop = MachineTree.Laptop();
        Assert.That(
            laptop.Find("preemption").Figure, Is.EqualTo("6.8.0-45-generic, dynamic, voluntary"));
    }

    [Test]
    public void Deep_idle_states_are_no_fault_where_a_loop_may_forbid_them()
    {
        using MachineTree laptop = MachineTree.Laptop();
        Assert.That(laptop.Find("idle-states").Severity, Is.EqualTo(Severity.Warn));
        Assert.That(laptop.Find("idle-states").Figure, Is.EqualTo("C10, 890 µs to leave"));
        laptop.With("/sys/devices/system/cpu/cpu0/cpuidle/state3/disable", "1");
        Assert.That(laptop.Find("idle-states").Severity, Is.EqualTo(Severity.Ok));
    }

    [Test]
    public void An_empty_tree_is_looked_at_without_a_fault()
    {
        using var nothing = new MachineTree();
        IReadOnlyList<Finding> findings = Checkup.Look(nothing.Files);
        Assert.That(findings, Is.Not.Empty);
        Assert.That(findings.Select(finding => finding.Id), Is.Unique);
    }
}
