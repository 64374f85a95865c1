namespace HilRig.Sim.Tables;

/// <summary>What a run over a table ended with.</summary>
/// <param name="RowCount">Rows written, without the header.</param>
/// <param name="UnconvergedCount">Steps whose constraint solve did not arrive.</param>
public readonly record struct TableResult(int RowCount, int UnconvergedCount);
