namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// MuJoCo's centred differences of a step (mjd_transitionFD): d(next state)/d(state) and
/// /d(control); a state is (position tangent, velocity, activation).
/// </summary>
/// <param name="At">Where.</param>
/// <param name="ByState">Shape [state, state], row major.</param>
/// <param name="ByControl">Shape [state, actuator], row major.</param>
internal sealed record ParityDerivative(SimState At, double[] ByState, double[] ByControl);
