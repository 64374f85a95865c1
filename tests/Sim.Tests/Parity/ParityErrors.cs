namespace HilRig.Sim.Tests.Parity;

/// <summary>Largest errors of one model against MuJoCo.</summary>
internal sealed record ParityErrors
{
    public double Constants { get; set; }

    public double MassMatrix { get; set; }

    public double Bias { get; set; }

    public double FreeAcceleration { get; set; }

    public double FreeNextState { get; set; }

    public double RowAcceleration { get; set; }

    public double RowNextState { get; set; }

    public double Resync { get; set; }

    public int StatesWithRows { get; set; }

    public override string ToString() => string.Join(
        " | ",
        [
            $"{StatesWithRows}", $"{Constants:E1}", $"{MassMatrix:E1}", $"{Bias:E1}",
            $"{FreeAcceleration:E1}", $"{FreeNextState:E1}", $"{RowAcceleration:E1}",
            $"{RowNextState:E1}", $"{Resync:E1}",
        ]);
}
