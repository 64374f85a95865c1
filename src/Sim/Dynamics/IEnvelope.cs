namespace HilRig.Sim.Dynamics;

/// <summary>Which entries of a symmetric matrix may differ from 0.</summary>
internal interface IEnvelope
{
    /// <summary>Last row below the diagonal that has an entry in this column.</summary>
    int Last(int column);
}
