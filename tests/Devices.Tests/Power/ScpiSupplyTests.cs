using System.Text;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Power;
using HilRig.Devices.Transports;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Tests.Power;

/// <summary>A supply on a pseudo-terminal, opened as the rig file says.</summary>
[CancelAfter(20_000)]
public sealed class ScpiSupplyTests
{
    [Test]
    public void An_output_is_believed_when_it_says_so_and_measures()
    {
        using var instrument = new Instrument();
        using IPowerSwitch supply = instrument.Open();
        PowerSwitchStatus on = supply.Set(isOn: true);
        bool isMeasured = ((ISupply)supply).TryMeasure(out SupplyReading reading);
        PowerSwitchStatus off = supply.Set(isOn: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(on, Is.EqualTo(PowerSwitchStatus.Confirmed));
            Assert.That(isMeasured, Is.True);
            Assert.That(reading, Is.EqualTo(new SupplyReading(12.01, 0.345)));
            Assert.That(off, Is.EqualTo(PowerSwitchStatus.Confirmed));
            Assert.That(instrument.Heard, Is.EqualTo(new[]
            {
                "OUTP ON", "OUTP?", "MEAS:VOLT?", "MEAS:CURR?", "OUTP OFF", "OUTP?",
            }));
        }
    }

    [Test]
    public void An_output_that_stays_on_has_failed()
    {
        using var instrument = new Instrument { IsStuck = true };
        using IPowerSwitch supply = instrument.Open();
        supply.Set(isOn: true);
        Assert.That(supply.Set(isOn: false), Is.EqualTo(PowerSwitchStatus.Failed));
    }

    [Test]
    public void A_supply_that_is_silent_or_talks_nonsense_has_failed()
    {
        using var instrument = new Instrument { Answer = "ERR" };
        using IPowerSwitch supply = instrument.Open();
        PowerSwitchStatus nonsense = supply.Set(isOn: true);
        instrument.Answer = null;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(nonsense, Is.EqualTo(PowerSwitchStatus.Failed));
            Assert.That(supply.Set(isOn: false), Is.EqualTo(PowerSwitchStatus.Failed));
            Assert.That(((ISupply)supply).TryMeasure(out _), Is.False);
        }
    }

    /// <summary>The other end: answers queries line by line.</summary>
    private sealed class Instrument : IDisposable
    {
        private readonly PseudoTerminal _terminal;
        private readonly Thread _thread;
        private volatile bool _isEnding;
        private volatile string? _answer = "";
        private bool _isOn;

        public Instrument()
        {
            if (!OperatingSystem.IsLinux())
            {
                Requirement.Unmet("pty", "pseudo-terminals need Linux");
            }

            _terminal = PseudoTerminal.Open(ScpiSupply.Baud);
            _thread = new Thread(Serve) { IsBackground = true };
            _thread.Start();
        }

        public List<string> Heard { get; } = [];

        public bool IsStuck { get; init; }

        /// <summary>What it answers to everything; "" for the truth, null for nothing.</summary>
        public string? Answer
        {
            get => _answer;
            set => _answer = value;
        }

        public IPowerSwitch Open() => PowerSwitches.Open(new PowerDescription(
            PowerSwitchKind.ScpiSupply, _terminal.SlavePath, 0, IsActiveLow: false));

        public void Dispose()
        {
            _isEnding = true;
            _thread.Join();
            _terminal.Dispose();
        }

        private void Serve()
        {
            byte[] bytes = new byte[64];
            string text = "";
            while (!_isEnding)
            {
                long deadline = MonotonicClock.NowNanoseconds + 5_000_000;
                if (_terminal.Read(bytes, deadline, out int count) != TransportStatus.Ok)
                {
                    continue;
                }

                text += Encoding.ASCII.GetString(bytes, 0, count);
                for (int end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n'))
                {
                    string line = text[..end];
                    text = text[(end + 1)..];
                    Heard.Add(line);
                    string? truth = Obey(line);
                    string? answer = _answer is "" ? truth : truth is null ? null : _answer;
                    if (answer is not null)
                    {
                        _terminal.Write(
                            Encoding.ASCII.GetBytes(answer + "\r\n"),
                            MonotonicClock.NowNanoseconds + 1_000_000_000);
                    }
                }
            }
        }

        private string? Obey(string line)
        {
            switch (line)
            {
                case "OUTP ON":
                    _isOn = true;
                    return null;
                case "OUTP OFF":
                    _isOn = IsStuck && _isOn;
                    return null;
                case "OUTP?":
                    return _isOn ? "1" : "0";
                case "MEAS:VOLT?":
                    return "1.201E+01";
                case "MEAS:CURR?":
                    return "0.345";
                default:
                    return null;
            }
        }
    }
}
