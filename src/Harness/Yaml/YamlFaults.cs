using HilRig.Core.Errors;

namespace HilRig.Harness.Yaml;

/// <summary>
/// Collects everything that is wrong with a file, so that one reading reports it all.
/// </summary>
public sealed class YamlFaults
{
    private readonly List<YamlFault> _faults = [];

    /// <summary>Faults so far, in the order found.</summary>
    public IReadOnlyList<YamlFault> All => _faults;

    /// <summary>Adds one.</summary>
    /// <param name="fault">The fault.</param>
    public void Add(YamlFault fault) => _faults.Add(fault);

    /// <summary>Throws when there is any fault; one message names them all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ScenarioException">At least one fault.</exception>
    public void ThrowIfAny(string path)
    {
        if (_faults.Count == 1)
        {
            throw _faults[0].ToException();
        }

        if (_faults.Count > 1)
        {
            IEnumerable<string> lines = _faults.Select(fault => "  " + fault.ToException().Message);
            throw new ScenarioException(
                $"{_faults.Count} faults{Environment.NewLine}"
                + string.Join(Environment.NewLine, lines).TrimEnd('.'),
                path);
        }
    }
}
