package cn.yuelan.imc;

import com.getcapacitor.BridgeActivity;

public class MainActivity extends BridgeActivity {}
