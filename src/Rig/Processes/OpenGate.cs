using System.Text.Json;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Rig.Processes;

/// <summary>A gate with the key it owns, and its counters as a line of JSON.</summary>
internal sealed class OpenGate : IDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    private readonly RigKey _key;
    private readonly SecureGate _gate;
    private string _said = "";

    /// <summary>Owns both.</summary>
    /// <param name="key">The gate's key.</param>
    /// <param name="gate">The gate.</param>
    public OpenGate(RigKey key, SecureGate gate)
    {
        _key = key;
        _gate = gate;
    }

    /// <summary>Where it listens.</summary>
    public string Endpoint => $"tls://{_gate.Endpoint}";

    /// <summary>What clients must know of it.</summary>
    public string Fingerprint => _key.Fingerprint.Text;

    /// <summary>Says the counters, if they have changed.</summary>
    /// <param name="say">Takes a line of JSON.</param>
    public void Say(Action<string> say)
    {
        SecureGateCounters counters = _gate.Counters;
        string line = JsonSerializer.Serialize(
            new
            {
                gate = "Counters",
                counters.Accepted,
                counters.Admitted,
                counters.Open,
                counters.Pending,
                counters.FramesForwarded,
                counters.StatesSuperseded,
                reasons = counters.Reasons.ToDictionary(
                    reason => reason.Key.ToString(), reason => reason.Value),
            },
            Format);
        if (line != _said)
        {
            _said = line;
            say(line);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _key.Dispose();
    }
}
