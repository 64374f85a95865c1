namespace HilRig.Sim.Tests.Parity;

/// <summary>Largest errors by the name of what was compared.</summary>
internal sealed class Errors
{
    private readonly Dictionary<string, double> _worst = [];

    public IReadOnlyDictionary<string, double> Worst => _worst;

    public void Add(string quantity, double error)
    {
        double before = _worst.GetValueOrDefault(quantity);
        _worst[quantity] = double.IsNaN(error) ? error : Math.Max(before, error);
    }

    /// <summary>Fails for every quantity beyond a limit, with its number.</summary>
    public void ShouldBeBelow(double limit)
    {
        Assert.That(_worst, Is.Not.Empty, "nothing was compared");
        Assert.Multiple(() =>
        {
            foreach ((string quantity, double error) in _worst)
            {
                Assert.That(error, Is.LessThan(limit), quantity);
            }
        });
    }

    public override string ToString() =>
        string.Join(", ", _worst.Select(pair => $"{pair.Key} {pair.Value:E1}"));
}
